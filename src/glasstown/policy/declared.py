"""What a policy file declares of its place in the law: the optional table [law], for facts that no other table settles.

Whatever is left out "cannot be told"; leaving out never means no. Nothing here changes what is simulated.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files as package_files
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator

from glasstown.policy.terms import Closed

Operator = Literal["public", "public service", "private"]
Area = Literal[
    "benefits", "credit", "insurance", "employment", "education", "policing", "courts", "migration", "biometrics", "emergency",
    "infrastructure", "housing", "platform", "travel",
]  # fmt: skip
Trait = Literal["origin", "opinions", "religion", "union", "genes", "body", "health", "sex life"]
Question = Literal[
    "businessDrivers1", "businessDrivers5", "businessDrivers9", "businessDrivers11", "riskProfile1", "riskProfile2", "riskProfile3",
    "riskProfile4", "riskProfile7", "riskProfile8", "riskProfile9", "riskProfile10", "projectAuthority1", "aboutSystem1", "aboutSystem3",
    "aboutSystem4", "aboutSystem5", "aboutSystem5B", "aboutSystem6", "aboutSystem7", "aboutSystem8", "aboutSystem9", "aboutSystem10A",
    "aboutSystem11", "aboutAlgorithm1", "aboutAlgorithm2", "aboutAlgorithm3", "aboutAlgorithm4", "aboutAlgorithm5", "aboutAlgorithm8",
    "aboutAlgorithm8A", "aboutAlgorithm9", "aboutAlgorithm11", "decisionSector1", "impact30", "impact3", "impact4A", "impact22", "impact5",
    "impact6", "impact7", "impact9", "impact24", "impact11", "impact13", "impact15", "impact18", "impact19I", "impact23", "impact26",
    "impact27", "impact28", "aboutDataSource1", "aboutDataSource9", "aboutDataSource10", "aboutDataSource11", "aboutDataSource14",
    "aboutDataSource15", "aboutDataSource16", "aboutDataSource2", "aboutDataSource17", "aboutDataSource3", "aboutDataSource4",
    "aboutDataSource5", "aboutDataSource6", "aboutDataSource7", "aboutDataSource8", "aboutDataSourceType1", "aboutDataSourceType2",
    "aboutDataSourceType3", "consultationDesign1", "consultationDesign2", "consultationDesign3", "consultationDesign4",
    "consultationDesign6", "consultationDesign7", "consultationDesign8", "dataQualityDesign1", "dataQualityDesign2", "dataQualityDesign3",
    "dataQualityDesign4", "dataQualityDesign5", "dataQualityDesign7", "dataQualityDesign8", "dataQualityDesign9", "dataQualityDesign10",
    "fairnessDesign1", "fairnessDesign1A", "fairnessDesign2", "fairnessDesign3", "fairnessDesign4", "fairnessDesign5", "fairnessDesign7",
    "fairnessDesign10", "fairnessDesign8", "fairnessDesign9", "fairnessDesign12", "fairnessDesign13", "fairnessDesign16",
    "fairnessDesign17", "fairnessDesign18", "fairnessDesign19", "fairnessDesign20", "fairnessDesign21", "fairnessDesign22",
    "fairnessDesign22A", "fairnessDesign23", "fairnessDesign24", "fairnessDesign24A", "privacyDesign1", "privacyDesign2", "privacyDesign9",
    "privacyDesign3", "privacyDesign4", "privacyDesign7",
]  # fmt: skip
_FORM = {"form": 'an answer\'s name in the questionnaire, such as "item1-4"'}
Answer = Annotated[str, StringConstraints(pattern=r"^item[0-9]{1,2}(-[0-9])?$"), Field(json_schema_extra=_FORM)]
Answers = Annotated[tuple[Answer, ...], Field(max_length=20)]


def fact(description: str, most: int | None = None) -> Any:
    """Something that is so, or is not so, or is not said; of several things at most so many."""
    return Field(default=None, max_length=most, description=description)


class Declared(Closed):
    """Facts about the policy's place in the law; what is left out cannot be told."""

    operator: Operator | None = fact(
        'who runs it: "public": an authority; "public service": a private body that provides a public service; "private"'
    )
    areas: tuple[Area, ...] | None = fact(
        "areas of life in which its results decide about people, all of them; the names follow Annex III of the EU AI Act, "
        "and [] says that there is none",
        20,
    )
    artificial_intelligence: bool | None = fact("true: software infers something that counts; false: all of it follows rules set by people")
    human_decides: bool | None = fact("true: a person decides each case and can depart from what software says; false: nobody looks at it")
    specific_purpose_in_law: bool | None = fact("true: a statute names this purpose and allows this evaluation; false: none does")
    proportionality_tested: Literal["in proportion", "out of proportion"] | None = fact(
        "what an independent test found: whether the treatment is in proportion to the conduct; left out if there was no test"
    )
    impact_assessment: bool | None = fact("true: the impact on rights or on data protection was assessed before use; false: it was not")
    method_published: bool | None = fact("true: the data and the method are published, so that a result can be checked; false: secret")
    told_beforehand: bool | None = fact("true: people are told that such a system is used on them; false: they are not")
    sensitive_traits: tuple[Trait, ...] | None = fact(
        "special kinds of data that it records or infers: origin, opinions (political or philosophical), religion, union, genes, "
        "body (faces, fingerprints, for recognising somebody), health, sex life; [] says that there is none",
        8,
    )
    offences: bool | None = fact("true: it holds data on criminal convictions or offences; false: it does not")
    personality: bool | None = fact("true: it infers or predicts what people are like, not only what they did; false: it does not")
    predicts_crimes: bool | None = fact("true: it says from profiles alone who will commit an offence; false: it does not")
    scraped_faces: bool | None = fact("true: its pictures of faces were gathered at large from the internet or from cameras; false: not so")
    emotions_at_work_or_school: bool | None = fact("true: it reads emotions at work or in schools, not for medical or safety reasons")
    traits_from_faces: bool | None = fact(
        "true: it sorts people by faces or bodies into origin, opinions, religion or the like; false: not so"
    )
    real_time_faces: bool | None = fact("true: faces in public places are recognised as people walk by, for the police; false: not so")
    listed_offences_only: bool | None = fact(
        "true: that is done only to find victims, to avert an attack or a threat to life, or for the grave offences listed in the Act, "
        "and with leave of a court; false: for other things as well"
    )
    consulted: bool | None = fact("true: those whom it affects, or who speak for them, were heard; false: they were not")
    reassessed: bool | None = fact("true: its effects are assessed again at set times; false: they are not")
    within_national_catalogue: bool | None = fact(
        "China: true: every record and every sanction stands in the national catalogues; false: some do not"
    )
    aia: dict[Question, Answer | Answers] = Field(
        default={},
        max_length=115,
        description='Canada: answers to the questionnaire by question, such as impact6 = "item4-4", or several in brackets; those of the '
        "implementation phase are given under the design phase's names, which weigh the same",
    )

    @field_validator("aia")
    @classmethod
    def _are_answers(cls, given: dict[str, str | tuple[str, ...]]) -> dict[str, str | tuple[str, ...]]:
        for question, answer in given.items():
            known, many = published_answers()[question]
            chosen = (answer,) if isinstance(answer, str) else answer
            wrong = next((one for one in chosen if one not in known), None)
            if wrong is not None:
                raise ValueError(f"{question} has no answer {wrong}; it has {', '.join(known)}")
            if not many and len(chosen) != 1:
                raise ValueError(f"{question} takes one answer; {len(chosen)} were given")
            if len(set(chosen)) < len(chosen):
                raise ValueError(f"{question} has an answer twice")
        return given


@cache
def published_answers() -> Mapping[str, tuple[tuple[str, ...], bool]]:
    """Of each question of the Canadian questionnaire the names of its answers, and whether several can be given."""
    import tomllib

    text = (package_files("glasstown") / "laws" / "canada_aia.toml").read_text(encoding="utf-8")
    sections = tomllib.loads(text)["section"]
    return {row["id"]: (tuple(row["answers"]), row.get("many", False)) for section in sections for row in section["question"]}
