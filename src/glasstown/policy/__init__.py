"""Policies as data: schema, reading and checking, tables for the kernel, plain sentences, a file to start from."""
