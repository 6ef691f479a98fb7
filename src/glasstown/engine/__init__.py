"""Executions of the day: uncompiled reference, compiled for the processor's cores, and the same rules for CUDA."""
