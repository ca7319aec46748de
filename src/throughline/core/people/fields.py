"""Which kind of information each field of the record is."""

from ..registry.sockets import Fields

FIELDS = (
    Fields(
        "people.Child",
        {
            **dict.fromkeys(
                (
                    "reference",
                    "forename",
                    "middle_names",
                    "surname",
                    "chosen_name",
                    "pronunciation",
                    "born",
                    "sex",
                ),
                "people.identity",
            ),
            **dict.fromkeys(
                ("first_language", "other_languages", "communication_needs"), "people.communication"
            ),
            "upn": "people.identifiers",
        },
    ),
    Fields(
        "people.FormerName",
        dict.fromkeys(("forename", "surname", "kind", "since", "until"), "people.former_names"),
    ),
    Fields(
        "people.Identifier",
        dict.fromkeys(("kind", "value", "source", "basis", "since", "until"), "people.identifiers"),
    ),
    Fields("people.SealedIdentity", dict.fromkeys(("reason", "sealed_by", "sealed_on"), "people.sealed")),
    Fields(
        "people.Adult",
        dict.fromkeys(("title", "forename", "surname", "email", "phone"), "people.contact"),
    ),
    Fields(
        "people.Tie",
        dict.fromkeys(
            (
                "kind",
                "parental_responsibility",
                "responsibility_by",
                "ordered_on",
                "order_ends",
                "lives_with_child",
                "evidence",
                "claimed",
                "since",
                "until",
            ),
            "people.family",
        ),
    ),
    Fields(
        "people.ContactLimit",
        dict.fromkeys(("kind", "keeps_back", "since", "until", "evidence"), "people.orders"),
    ),
    Fields(
        "people.Address",
        dict.fromkeys(
            (
                "lines",
                "town",
                "postcode",
                "uprn",
                "easting",
                "northing",
                "precision",
                "point_source",
                "restricted",
                "restricted_because",
            ),
            "people.address",
        ),
    ),
    Fields("people.Residence", dict.fromkeys(("since", "until", "evidence"), "people.address")),
    Fields("people.AdultResidence", dict.fromkeys(("since", "until"), "people.contact")),
    Fields("people.Sibling", dict.fromkeys(("kind", "same_birth"), "people.family")),
    Fields(
        "people.Enrolment",
        dict.fromkeys(
            ("since", "until", "year_group", "status", "left_because", "source"), "people.education"
        ),
    ),
    Fields(
        "people.Fact",
        dict.fromkeys(("kind", "since", "until", "source", "evidence"), "people.circumstances"),
    ),
    Fields(
        "people.FindableName",
        dict.fromkeys(
            ("kind", "forename", "surname", "forename_sound", "surname_sound", "born"),
            # Names of all kinds are in it, so it counts as the most restricted of them.
            "people.former_names",
        ),
    ),
    Fields("people.StaffLink", dict.fromkeys(("since", "until", "shortage_post"), "people.family")),
    Fields(
        "people.Involvement",
        dict.fromkeys(("role", "name", "because", "since", "until", "ended_because"), "people.circle"),
    ),
    Fields(
        "people.Voice",
        dict.fromkeys(
            ("speaker", "words", "said_on", "heard", "written_by", "written_at", "about"), "people.voice"
        ),
    ),
    Fields(
        "people.PairDecision",
        dict.fromkeys(("kind", "reason", "decided_by", "decided_at"), "people.former_names"),
    ),
    Fields("people.LookAlike", {"score": "people.former_names"}),
    Fields(
        "people.Merge",
        dict.fromkeys(
            (
                "reason",
                "moved",
                "gathered",
                "merged_by",
                "merged_at",
                "undone_by",
                "undone_at",
                "undone_because",
            ),
            "people.former_names",
        ),
    ),
)
