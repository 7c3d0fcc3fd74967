"""The sections of the report: their names in links and files, and what each is about."""

from __future__ import annotations

from dataclasses import dataclass

OVERVIEW = "overview"
COMMITTEE_SUMMARY = "committee-summary"
RECOMMENDATION = "recommendation"
EDUCATION = "education"


@dataclass(frozen=True)
class Section:
    """An area of work: `slug` names its anchor in the page and its commentary file."""

    code: str
    slug: str
    definition: str


SECTIONS = (
    Section(
        "1",
        "early-help",
        "Families that ask for support, or are referred for it, before social care is needed. The "
        "work of the Early Help and Family Focus teams is counted in families unless an "
        "indicator refers to children.",
    ),
    Section(
        "2",
        "contacts-and-referrals",
        "Every contact about a child comes through one front door, the multi-agency safeguarding "
        "hub, and is assessed against agreed thresholds. One that meets the threshold for social "
        "care becomes a referral; many only ask for information or advice.",
    ),
    Section(
        "3",
        "assessments",
        "A social worker establishes what a child and family need and what should be done. A "
        "manager should authorise the assessment within 45 working days of the referral.",
    ),
    Section(
        "4",
        "section-47",
        "Where there is reason to think that a child is suffering, or likely to suffer, "
        "significant harm, section 47 of the Children Act 1989 asks the council to enquire. An "
        "enquiry ends with one of three outcomes.",
    ),
    Section(
        "5",
        "children-in-need",
        "Children who get help under section 17 of the Children Act 1989. Each needs a plan once "
        "the assessment is over, and the plan has to be kept up to date.",
    ),
    Section(
        "6",
        "child-protection",
        "A conference decides whether a child at risk of significant harm needs a protection "
        "plan. The plan is reviewed after three months and then at least every six months, the "
        "child is visited, and the plan ends when the risk is over, the family moves away or the "
        "child turns 18.",
    ),
    Section(
        "7",
        "looked-after-children",
        "Children in the council's care: where they live, whether they are seen and listened "
        "to, and whether their reviews, health checks, education and plans are up to date.",
    ),
    Section(
        "8",
        "care-leavers",
        "Young people up to 25 who were in care for at least 13 weeks from the age of 14 and past "
        "their 16th birthday: whether they have a plan, a suitable home, and work or learning.",
    ),
    Section(
        "9",
        "placements",
        "How settled looked-after children are in their placements.",
    ),
    Section(
        "10",
        "adoption",
        "From the decision that a child should be placed for adoption (SHOBPA) to the court "
        "order: how long each step took for the children adopted in the last twelve months.",
    ),
    Section(
        "11",
        "caseloads",
        "How many children the qualified social workers of each kind of team are responsible for "
        "at the end of the month. More than 30 is very high.",
    ),
    Section(
        "C",
        "changes-of-worker",
        "Children whose main worker changed during the month, with or without a change of team.",
    ),
    Section(
        "12",
        "foster-carers",
        "Households approved as foster carers, and those that ceased to be, over the last twelve "
        "months. They are counted for the county only.",
    ),
)

# Texts that do not belong to an area of work.
OTHER_TEXTS = (OVERVIEW, COMMITTEE_SUMMARY, RECOMMENDATION, EDUCATION)


def commentary_names() -> list[str]:
    """Return the names that a commentary file may have, without `.md`."""
    return [*(section.slug for section in SECTIONS), *OTHER_TEXTS]
