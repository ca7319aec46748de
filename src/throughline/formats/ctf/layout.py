"""The elements of a transfer file in their order. Source: data standards sections 3.2 to 3.4.

The order is that of two open writers; no schema is public, so an administrator who has the official one can check
against it (``schema_findings``). Names marked "believed" were not seen in a file.
"""

from __future__ import annotations

from throughline.formats.ctf.document import (
    CtfAddress,
    CtfAddressLines,
    CtfAssessment,
    CtfAttendance,
    CtfBasicDetails,
    CtfContact,
    CtfFreeMealHistory,
    CtfFreeMeals,
    CtfHeader,
    CtfKeyStage,
    CtfLanguage,
    CtfLookedAfter,
    CtfMarks,
    CtfNamedAddress,
    CtfNeed,
    CtfPhone,
    CtfPupil,
    CtfSchool,
    CtfSchoolSpell,
    CtfSen,
    CtfWelshDetails,
)
from throughline.formats.ctf.shapes import Leaf, Many, Part, Shape

ROOT, PUPILS, PUPIL_TAG, HEADER_TAG = "CTfile", "CTFpupilData", "Pupil", "Header"

_SCHOOL = Shape(
    CtfSchool,
    (
        Leaf("LEA", "authority"),
        Leaf("Estab", "establishment"),
        Leaf("URN", "urn"),
        Leaf("SchoolName", "name"),
        Leaf("AcademicYear", "academic_year"),
    ),
)

HEADER = Shape(
    CtfHeader,
    (
        Leaf("DocumentName", "document_name"),
        Leaf("CTFversion", "version"),
        Leaf("DateTime", "made_at", "moment"),
        Leaf("DocumentQualifier", "qualifier"),
        Leaf("DataDescriptor", "descriptor"),
        Leaf("SupplierID", "supplier"),
        Part("SourceSchool", "source", _SCHOOL),
        Part("DestSchool", "destination", _SCHOOL),
    ),
)

_LANGUAGE = Shape(CtfLanguage, (Leaf("LanguageType", "kind"), Leaf("Language", "code")))

_BASIC = Shape(
    CtfBasicDetails,
    (
        Leaf("FormerUPN", "former_upn"),
        Leaf("PreferredSurname", "preferred_surname"),
        Leaf("PreferredForename", "preferred_forename"),
        Leaf("FormerSurname", "former_surname"),
        Leaf("FormerForename", "former_forename"),
        Leaf("MiddleNames", "middle_names"),
        Leaf("NCyearActual", "year_group"),
        Leaf("Ethnicity", "ethnicity"),
        Leaf("EthnicitySource", "ethnicity_source"),
        Many("Type", "languages", _LANGUAGE, outer="Languages"),
        Leaf("MedicalFlag", "medical_flag", "flag"),
        Many("Disability", "disabilities", outer="Disabilities"),
        Leaf("EnrolStatus", "enrol_status"),
        Leaf("ServiceChild", "service_child"),  # believed, the place too
        Leaf("YoungCarer", "young_carer"),  # believed, the place too
    ),
)

_FREE_MEALS = Shape(
    CtfFreeMealHistory,
    (
        Leaf("FSMreviewDate", "review", "date"),
        Many(
            "FSMinstance",
            "periods",
            Shape(
                CtfFreeMeals,
                (
                    Leaf("FSMstartDate", "start", "date"),
                    Leaf("FSMEligibilityVerificationDate", "verified", "date"),
                    Leaf("FSMendDate", "end", "date"),
                    Leaf("UKcountry", "country"),
                    Leaf("FSMCategory", "category"),
                ),
            ),
        ),
    ),
)

_WELSH = Shape(
    CtfWelshDetails,
    (
        Leaf("SpeakWelsh", "speaks_welsh"),
        Leaf("HomeWelsh", "welsh_at_home"),
        Leaf("NationalIdentity", "national_identity"),
        Leaf("EthnicitySource", "ethnicity_source"),
        Leaf("WelshSource", "welsh_source"),
        Leaf("EALAcquisition", "english_acquisition"),
        Leaf("LanguageSource", "language_source"),
        Leaf("SENCurriculumandTeachingMethods", "sen_curriculum"),
        Leaf("SENGroupingandSupport", "sen_grouping"),
        Leaf("SENSpecialisedResources", "sen_resources"),
        Leaf("SENAdviceandAssessment", "sen_advice"),
        Leaf("DateEntry", "entered", "date"),
        Leaf("FSMTransitionalProtection", "free_meals_protected"),
        Leaf("ALNDecisionOutcome", "aln_decision"),
        Leaf("ALNDecisionBody", "aln_decision_body"),
        Leaf("ALNSupportPlan", "aln_plan"),
        Many("ALNAreaOfNeed", "aln_areas", outer="ALNAreasOfNeed"),
        Many("ALNType", "aln_needs", outer="ALNneeds"),
        Leaf("ALNLocalHealthBoardProvision", "aln_health_board"),
        Leaf("IDPReviewDate", "plan_review", "date"),
    ),
)

_SEN = Shape(
    CtfSen,
    (
        Leaf("StartDate", "start", "date"),
        Leaf("EndDate", "end", "date"),  # believed
        Leaf("SENprovision", "provision"),
        Many(
            "SENneed",
            "needs",
            Shape(CtfNeed, (Leaf("SENtype", "code"), Leaf("SENtypeRank", "rank", "whole"))),
            outer="SENneeds",
        ),
    ),
)

_ADDRESS = Shape(
    CtfAddress,
    (
        Part(
            "BS7666Address",
            "named",
            Shape(
                CtfNamedAddress,
                (
                    Leaf("SAON", "saon"),
                    Leaf("PAON", "paon"),
                    Leaf("Street", "street"),
                    Leaf("Locality", "locality"),
                    Leaf("Town", "town"),
                    Leaf("AdministrativeArea", "administrative_area"),
                    Leaf("PostTown", "post_town"),
                    Leaf("UniquePropertyReferenceNumber", "uprn"),
                ),
            ),
        ),
        Part(
            "AddressLines",
            "lines",
            Shape(CtfAddressLines, tuple(Leaf(f"AddressLine{at}", f"line_{at}") for at in range(1, 6))),
        ),
        Leaf("County", "county"),
        Leaf("PostCode", "postcode"),
        Leaf("Zip", "zip"),
        Leaf("Country", "country"),
        Leaf("Easting", "easting"),
        Leaf("Northing", "northing"),
    ),
)

_PHONES = Many(
    "Phone",
    "phones",
    Shape(CtfPhone, (Leaf("TelephoneType", "kind"), Leaf("PhoneNo", "number"))),
    outer="Phones",
)

_CONTACT = Shape(
    CtfContact,
    (
        Leaf("Order", "order", "whole"),
        Leaf("Title", "title"),
        Leaf("Surname", "surname"),
        Leaf("Forename", "forename"),
        Leaf("Sex", "sex"),
        Leaf("Gender", "gender"),
        Leaf("MiddleNames", "middle_names"),
        Leaf("Relationship", "relationship"),
        Leaf("Responsibility", "responsibility", "flag"),
        Part("Address", "address", _ADDRESS),
        Leaf("AddressAsPupil", "address_as_pupil", "flag"),
        _PHONES,
        Leaf("Email", "email"),
    ),
)

_ATTENDANCE = Shape(
    CtfAttendance,
    (
        Leaf("Year", "year"),
        Leaf("LEA", "authority"),
        Leaf("Estab", "establishment"),
        Leaf("SchoolName", "school_name"),
        Leaf("SessionsPossible", "possible", "whole"),
        Leaf("SessionsAuthorised", "authorised", "whole"),
        Leaf("SessionsAttended", "attended", "whole"),
        Leaf("SessionsUnauthorised", "unauthorised", "whole"),
        Many(
            "AttendSessions",
            "marks",
            Shape(
                CtfMarks,
                (Leaf("AttendanceStartDate", "start", "date"), Leaf("AttendanceMarks", "marks", "marks")),
            ),
        ),
    ),
)

_KEY_STAGE = Shape(
    CtfKeyStage,
    (
        Leaf("Stage", "stage"),
        Many(
            "StageAssessment",
            "assessments",
            Shape(
                CtfAssessment,
                (
                    Leaf("Locale", "locale"),
                    Leaf("Year", "year"),
                    Leaf("Subject", "subject"),
                    Leaf("Method", "method"),
                    Leaf("Component", "component"),
                    Leaf("ResultStatus", "status"),
                    Leaf("ResultQualifier", "qualifier"),
                    Leaf("Result", "result"),
                    Leaf("ResultDate", "on", "date"),
                ),
            ),
        ),
    ),
)

_SPELL = Shape(
    CtfSchoolSpell,
    (
        Leaf("LEA", "authority"),
        Leaf("Estab", "establishment"),
        Leaf("URN", "urn"),
        Leaf("SchoolName", "name"),
        Leaf("EntryDate", "entered", "date"),
        Leaf("LeavingDate", "left", "date"),
        Leaf("LeavingReason", "reason"),
        Leaf("LastSchool", "last_school", "flag"),
    ),
)

PUPIL = Shape(
    CtfPupil,
    (
        Leaf("UPN", "upn"),
        Leaf("UniqueLearnerNumber", "uln"),
        Leaf("UCI", "uci"),
        Leaf("Surname", "surname"),
        Leaf("Forename", "forename"),
        Leaf("DOB", "born", "date"),
        Leaf("Sex", "sex"),
        Leaf("Gender", "gender"),
        Leaf("ServiceChild", "service_child"),  # believed: read here too, since its place is not sure
        Leaf("YoungCarer", "young_carer"),  # believed: the same
        Part("BasicDetails", "basic", _BASIC),
        Part("FSMhistory", "free_meals", _FREE_MEALS),
        Part("NAWdetails", "welsh", _WELSH),
        Part(
            "LookedAfter",
            "looked_after",
            Shape(CtfLookedAfter, (Leaf("InCare", "in_care", "flag"), Leaf("CareAuthority", "authority"))),
        ),
        Many("SEN", "sen", _SEN, outer="SENhistory"),
        Part("Address", "address", _ADDRESS),
        _PHONES,
        Leaf("Email", "email"),
        Many("Contact", "contacts", _CONTACT, outer="Contacts"),
        Many("YearData", "attendance", _ATTENDANCE, outer="Attendance"),
        Many("KeyStage", "assessments", _KEY_STAGE, outer="StageAssessments"),
        Many("School", "schools", _SPELL, outer="SchoolHistory"),
    ),
)
