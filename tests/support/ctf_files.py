"""An invented transfer file with every section, as an older school system might write it. Ours: no sample is public."""

PUPIL = """
    <Pupil>
      <UPN>B801200005001</UPN>
      <UniqueLearnerNumber>1000000051</UniqueLearnerNumber>
      <UCI>123450201001A</UCI>
      <Surname>Okafor</Surname>
      <Forename>Ada</Forename>
      <DOB>2016-02-14</DOB>
      <Gender>F</Gender>
      <BasicDetails>
        <FormerUPN>M80120000500A</FormerUPN>
        <PreferredForename>Addie</PreferredForename>
        <MiddleNames>Ngozi</MiddleNames>
        <NCyearActual>4</NCyearActual>
        <Ethnicity>BAFR</Ethnicity>
        <EthnicitySource>P</EthnicitySource>
        <Languages>
          <Type><LanguageType>H</LanguageType><Language>IGBO</Language></Type>
          <Type><LanguageType>F</LanguageType><Language>ENG</Language></Type>
        </Languages>
        <MedicalFlag>0</MedicalFlag>
        <Disabilities><Disability>HEAR</Disability><Disability>COMM</Disability></Disabilities>
        <EnrolStatus>C</EnrolStatus><ServiceChild>N</ServiceChild><YoungCarer>S</YoungCarer>
      </BasicDetails>
      <FSMhistory>
        <FSMreviewDate>2026-03-31</FSMreviewDate>
        <FSMinstance>
          <FSMstartDate>2023-01-09</FSMstartDate>
          <UKcountry>ENG</UKcountry>
        </FSMinstance>
      </FSMhistory>
      <NAWdetails><SpeakWelsh>2</SpeakWelsh><ALNneeds><ALNType>HI</ALNType></ALNneeds></NAWdetails>
      <LookedAfter><InCare>true</InCare><CareAuthority>801</CareAuthority></LookedAfter>
      <SENhistory>
        <SEN>
          <StartDate>2021-09-01</StartDate><EndDate>2023-08-31</EndDate><SENprovision>K</SENprovision>
          <SENneeds><SENneed><SENtype>SLCN</SENtype><SENtypeRank>1</SENtypeRank></SENneed></SENneeds>
        </SEN>
        <SEN>
          <StartDate>2023-09-01</StartDate><SENprovision>E</SENprovision>
          <SENneeds><SENneed><SENtype>HI</SENtype><SENtypeRank>1</SENtypeRank></SENneed></SENneeds>
        </SEN>
      </SENhistory>
      <Address>
        <BS7666Address>
          <PAON>14</PAON><Street>Larch Road</Street><Town>Ashbourne</Town>
          <UniquePropertyReferenceNumber>000012345678</UniquePropertyReferenceNumber>
        </BS7666Address>
        <PostCode>b11aa</PostCode>
      </Address>
      <Phones><Phone><TelephoneType>H</TelephoneType><PhoneNo>0000 123456</PhoneNo></Phone></Phones>
      <Email>ada@example.org</Email>
      <Contacts>
        <Contact>
          <Order>1</Order><Title>Ms</Title><Surname>Okafor</Surname><Forename>Chidi</Forename><Gender>F</Gender>
          <Relationship>PAM</Relationship><Responsibility>1</Responsibility><AddressAsPupil/>
        </Contact>
        <Contact>
          <Order>2</Order><Surname>Lloyd</Surname><Relationship>SWR</Relationship>
          <Responsibility>false</Responsibility>
          <Address>
            <AddressLines><AddressLine1>County Hall</AddressLine1><AddressLine2>High Street</AddressLine2></AddressLines>
          </Address>
        </Contact>
      </Contacts>
      <Attendance>
        <YearData>
          <Year>2025</Year><LEA>820</LEA><Estab>1234</Estab><SessionsPossible>100</SessionsPossible>
          <SessionsAuthorised>4</SessionsAuthorised><SessionsAttended>94</SessionsAttended>
          <SessionsUnauthorised>2</SessionsUnauthorised>
          <AttendSessions>
            <AttendanceStartDate>2025-09-01</AttendanceStartDate><AttendanceMarks>##/\\/\\I-</AttendanceMarks>
          </AttendSessions>
        </YearData>
      </Attendance>
      <StageAssessments>
        <KeyStage>
          <Stage>KS1</Stage>
          <StageAssessment><Subject>ENG</Subject><Result>2B</Result><ResultDate>2023-05-20</ResultDate></StageAssessment>
        </KeyStage>
      </StageAssessments>
      <SchoolHistory>
        <School>
          <LEA>801</LEA><Estab>2000</Estab><SchoolName>Hill Lane</SchoolName>
          <EntryDate>2020-09-01</EntryDate><LeavingDate>2023-08-31</LeavingDate><LastSchool>false</LastSchool>
        </School>
        <School>
          <LEA>820</LEA><Estab>1234</Estab><EntryDate>2023-09-04</EntryDate><LeavingDate>2025-10-10</LeavingDate>
          <LeavingReason>D</LeavingReason><LastSchool>true</LastSchool>
        </School>
      </SchoolHistory>
    </Pupil>
"""

FILE = """<?xml version="1.0" encoding="UTF-8"?>
<CTfile>
  <Header>
    <DocumentName>Common Transfer File</DocumentName>
    <CTFversion>19.0</CTFversion>
    <DateTime>2025-10-13T09:30:00</DateTime>
    <DocumentQualifier>full</DocumentQualifier>
    <SupplierID>Invented</SupplierID>
    <SourceSchool><LEA>820</LEA><Estab>1234</Estab><SchoolName>Beech Grove</SchoolName></SourceSchool>
    <DestSchool><LEA>801</LEA><Estab>LLLL</Estab></DestSchool>
  </Header>
  <CTFpupilData>PUPILS</CTFpupilData>
</CTfile>
"""


def ctf_file(*pupils: str, namespace: str = "") -> bytes:
    """The invented file with these pupils (by default one with every section)."""
    text = FILE.replace("PUPILS", "".join(pupils or (PUPIL,)))
    if namespace:
        text = text.replace("<CTfile>", f'<CTfile xmlns="{namespace}">')
    return text.encode()


def pupil(inside: str) -> str:
    """A pupil with a name and a date of birth, and what else is given as XML."""
    return f"<Pupil><Surname>Okafor</Surname><Forename>Ada</Forename><DOB>2016-02-14</DOB>{inside}</Pupil>"
