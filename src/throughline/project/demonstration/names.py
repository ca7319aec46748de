"""Names for invented people, in the mixture of an English town. Forenames and surnames are drawn apart: nobody here exists."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Heritage:
    """Names that go together, how common they are, and the faiths found with them.

    Attributes:
        weight: families in a thousand.
        girls, boys: children's forenames.
        women, men: their parents' forenames; empty uses the children's.
        surnames: most common first.
        faiths: chance in a hundred of each faith's practice.
    """

    weight: int
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    faiths: dict[str, int]


def _listed(text: str) -> tuple[str, ...]:
    """Names written between commas."""
    return tuple(name.strip() for name in text.replace("\n", " ").split(",") if name.strip())


ENGLISH = Heritage(
    560,
    _listed("""Amelia, Ava, Beatrice, Bethany, Charlotte, Chloe, Daisy, Darcie, Edith, Eliza, Ella, Elsie, Emily, Erin,
        Esme, Evelyn, Evie, Florence, Freya, Georgia, Grace, Harriet, Heidi, Hollie, Imogen, Iris, Isabella, Isla, Ivy,
        Jasmine, Jessica, Katie, Lacey, Lily, Lola, Lottie, Lucy, Mabel, Maisie, Martha, Matilda, Mia, Millie, Molly,
        Nancy, Niamh, Olive, Olivia, Orla, Penelope, Phoebe, Poppy, Rosie, Ruby, Scarlett, Sienna, Sophie, Summer,
        Thea, Violet, Willow, Winifred, Zara, Anna-Louise, Ellie-Mae, Lily-Rose"""),
    _listed("""Albert, Alfie, Archie, Arlo, Arthur, Barnaby, Benjamin, Blake, Callum, Charlie, Connor, Daniel, Dexter,
        Dylan, Edward, Elijah, Elliot, Ethan, Felix, Finley, Frankie, Freddie, Gabriel, George, Harley, Harrison, Harry,
        Harvey, Henry, Hugo, Isaac, Jack, Jacob, James, Jenson, Joseph, Joshua, Jude, Kai, Leo, Lewis, Liam, Logan,
        Louie, Lucas, Luke, Max, Nathan, Noah, Oliver, Oscar, Otis, Owen, Ralph, Reggie, Riley, Roman, Rory, Rowan,
        Samuel, Sebastian, Sonny, Stanley, Teddy, Theo, Thomas, Toby, Tommy, William, Zachary, Alfie-James, Tommy-Lee"""),
    _listed("""Abigail, Alice, Amanda, Amy, Andrea, Angela, Becky, Cara, Catherine, Cheryl, Claire, Danielle, Debbie,
        Donna, Emma, Faye, Gemma, Hannah, Hayley, Heather, Helen, Jade, Jennifer, Joanne, Jodie, Julie, Karen, Kate, Kayleigh,
        Kelly, Kerry, Kim, Kirsty, Laura, Leanne, Lisa, Louise, Lynsey, Michelle, Natalie, Natasha, Nicola, Rachel, Rebecca,
        Samantha, Sarah, Stacey, Stephanie, Tanya, Tracy, Vicky, Zoe"""),
    _listed("""Aaron, Adam, Adrian, Alan, Andrew, Anthony, Ben, Bradley, Carl, Chris, Craig, Darren, David, Dean, Gareth,
        Gary, Gavin, Graham, Ian, Jamie, Jason, John, Jonathan, Karl, Keith, Kevin, Kieran, Lee, Mark, Martin, Matthew,
        Michael, Neil, Nicholas, Nigel, Paul, Peter, Philip, Richard, Robert, Ross, Russell, Ryan, Scott, Sean, Shane,
        Simon, Stephen, Steven, Stuart, Tim, Tony, Wayne"""),
    _listed("""Smith, Jones, Taylor, Brown, Wilson, Johnson, Walker, Wright, Thompson, Robinson, White, Hall, Green,
        Wood, Harris, Clarke, Jackson, Turner, Hill, Cooper, Ward, Moore, Baker, Harrison, Clark, Lee, Allen, King, Cook,
        Parker, Watson, Carter, Bennett, Shaw, Richardson, Marshall, Collins, Webb, Rogers, Barker, Mills, Palmer,
        Matthews, Fisher, Barnes, Knight, Lowe, Fletcher, Butler, Atkinson, Dixon, Pearson, Holmes, Reynolds, Chapman,
        Hudson, Porter, Gibson, Spencer, Wells, Burton, Saunders, Armstrong, Day, Pickering, Marsh, Lambert, Bailey, Bolton,
        Sutcliffe, Thorpe, Hobbs, Nuttall, Goddard, Bramley, Stott, Fairweather, Loveday, Winterbottom, Ollerenshaw,
        Postlethwaite, Featherstone, Higginbotham, Wolstenholme, Cholmondeley, Hartley-Jones, Cavendish-Thompson"""),
    {"cofe": 13, "catholic": 5},
)
WELSH = Heritage(
    50,
    _listed("""Angharad, Bethan, Carys, Catrin, Cerys, Efa, Eira, Eleri, Elin, Ffion, Gwen, Heledd, Lowri, Mali, Mared,
        Megan, Nia, Rhiannon, Seren, Siân, Tegan"""),
    _listed("""Aled, Bryn, Caio, Dafydd, Deio, Emlyn, Emrys, Evan, Gethin, Gruffydd, Guto, Gwilym, Hywel, Ieuan, Ioan, Iwan,
        Macsen, Osian, Rhodri, Rhys, Steffan, Tomos"""),
    _listed("Bronwen, Delyth, Eirlys, Gwenllian, Iona, Llinos, Mair, Meinir, Menna, Myfanwy, Sioned, Tirion"),
    _listed("Alun, Arwel, Dewi, Dylan, Elfed, Gareth, Geraint, Gwyn, Huw, Idris, Meirion, Robat"),
    _listed("""Jones, Davies, Evans, Thomas, Roberts, Lewis, Hughes, Morgan, Griffiths, Edwards, Owen, Price, Llewellyn, Prys,
        Pugh, Rees, Vaughan, Bevan, Gwyther, ap Rhys"""),
    {"cofe": 8},
)
IRISH = Heritage(
    35,
    _listed(
        "Aoife, Aisling, Caoimhe, Ciara, Clodagh, Éabha, Fiadh, Maeve, Niamh, Róisín, Saoirse, Sinéad, Bridget, Nora"
    ),
    _listed(
        "Cathal, Cian, Cillian, Conor, Dara, Declan, Diarmuid, Eoin, Fionn, Oisín, Pádraig, Rory, Seán, Tadhg"
    ),
    _listed("Bernadette, Breda, Deirdre, Eileen, Geraldine, Máire, Noreen, Orla, Siobhán, Una"),
    _listed("Brendan, Brian, Ciarán, Colm, Dermot, Eamon, Fergal, Gerard, Kieran, Liam"),
    _listed("""Murphy, Kelly, O’Sullivan, Walsh, O’Brien, Byrne, Ryan, O’Connor, Doyle, McCarthy, Gallagher, Doherty, Lynch,
        Quinn, Fitzgerald, McLoughlin, Ó Briain, Ward"""),
    {"catholic": 62},
)
PAKISTANI = Heritage(
    75,
    _listed("""Aisha, Alishba, Aleena, Amina, Anaya, Ayesha, Fatima, Hafsa, Hania, Iqra, Laiba, Maira, Maryam, Minahil,
        Noor, Sana, Sumaiya, Zainab, Zoya"""),
    _listed("""Abdullah, Adeel, Ahmed, Ali, Bilal, Faisal, Hamza, Haris, Hassan, Ibrahim, Idris, Ismail, Muhammad, Musa,
        Rayyan, Saad, Umar, Usman, Yusuf, Zayn"""),
    _listed(
        "Farah, Farzana, Ghazala, Nadia, Naseem, Nazia, Rabia, Rukhsana, Saima, Samina, Shabana, Shazia, Uzma"
    ),
    _listed(
        "Amjad, Arshad, Asif, Imran, Javed, Kashif, Khalid, Nadeem, Naveed, Rashid, Shahid, Tariq, Waqar, Zahid"
    ),
    _listed("""Khan, Hussain, Ahmed, Akhtar, Ali, Mahmood, Iqbal, Malik, Mirza, Rashid, Shah, Sheikh, Chaudhry, Butt, Raja,
        Qureshi, Bhatti, Siddiqui, Begum"""),
    {"muslim": 78},
)
BANGLADESHI = Heritage(
    35,
    _listed(
        "Anika, Faria, Jannat, Labiba, Mahira, Nabila, Nusrat, Rahima, Safa, Sadia, Tahmina, Tasnim, Yasmin"
    ),
    _listed("Abir, Arif, Fahim, Farhan, Imad, Kamil, Mahin, Nafis, Rafi, Rahim, Sami, Tahmid, Tanvir, Zakir"),
    _listed("Halima, Hasina, Jesmin, Kulsuma, Nasima, Rehana, Rina, Salma, Sultana"),
    _listed("Abdul, Anwar, Faruk, Helal, Jamal, Kamrul, Mizan, Rafique, Shafiq"),
    _listed("Miah, Rahman, Uddin, Islam, Chowdhury, Hossain, Alam, Choudhury, Haque, Sarkar, Ullah, Khatun"),
    {"muslim": 82},
)
INDIAN = Heritage(
    55,
    _listed("""Aanya, Anaiya, Diya, Harleen, Isha, Jasleen, Kavya, Kiran, Meera, Navya, Prisha, Riya, Saanvi, Simran, Tara,
        Lakshmi-Priya"""),
    _listed(
        "Aarav, Advik, Arjun, Dev, Gurpreet, Harjit, Ishaan, Jai, Karan, Manveer, Nikhil, Rohan, Sahib, Veer, Vihaan"
    ),
    _listed(
        "Anjali, Deepa, Geeta, Gurdeep, Harpreet, Jaswinder, Manisha, Neha, Parminder, Priya, Rajvinder, Sunita"
    ),
    _listed(
        "Amit, Anil, Balwinder, Deepak, Gurdial, Harminder, Manoj, Rajesh, Ravi, Sanjay, Sukhdev, Vikram"
    ),
    _listed("""Patel, Singh, Kaur, Sharma, Shah, Gill, Sandhu, Dhillon, Mistry, Kumar, Desai, Bains, Joshi, Chauhan,
        Venkataraghavan, Subramaniam, Krishnamurthy"""),
    {"sikh": 35, "hindu": 40, "catholic": 5},
)
POLISH = Heritage(
    50,
    _listed(
        "Alicja, Amelia, Hanna, Helena, Julia, Kaja, Laura, Lena, Maja, Maria, Nadia, Nikola, Oliwia, Wiktoria, Zofia, Zuzanna"
    ),
    _listed(
        "Adam, Aleksander, Antoni, Bartosz, Dawid, Filip, Franciszek, Igor, Jakub, Jan, Kacper, Mikołaj, Oskar, Szymon, Wojciech"
    ),
    _listed(
        "Agnieszka, Aneta, Barbara, Dorota, Ewa, Iwona, Joanna, Justyna, Katarzyna, Małgorzata, Marta, Monika"
    ),
    _listed(
        "Andrzej, Grzegorz, Jacek, Krzysztof, Łukasz, Maciej, Marcin, Paweł, Piotr, Rafał, Sławomir, Tomasz"
    ),
    _listed("""Nowak, Kowalczyk, Wiśniewski, Wójcik, Kamiński, Zieliński, Szymański, Woźniak, Dąbrowski, Kozłowski, Mazur,
        Krawczyk, Brzęczyszczykiewicz, Grabowski, Pawlak, Szczepańska-Wróblewska"""),
    {"catholic": 74},
)
SOMALI = Heritage(
    30,
    _listed("Amaal, Asha, Ayaan, Deqa, Hamdi, Hibo, Idil, Ifrah, Ladan, Nasra, Sagal, Sahra, Ubah, Warda"),
    _listed(
        "Abdi, Abdirahman, Ayub, Bashir, Guled, Hassan, Ilyas, Khalid, Liban, Mahad, Mohamed, Mukhtar, Sharmarke, Zakariya"
    ),
    _listed("Amran, Fadumo, Fowsia, Halimo, Hodan, Khadra, Maryan, Sucdi"),
    _listed("Abdullahi, Ahmed, Farah, Ismail, Jama, Mahamed, Omar, Yusuf"),
    _listed("Abdi, Ali, Mohamed, Farah, Hassan, Warsame, Jama, Hersi, Osman, Yusuf, Abdullahi, Nur, Elmi"),
    {"muslim": 88},
)
CARIBBEAN = Heritage(
    35,
    _listed(
        "Aaliyah, Amara, Chanelle, Destiny, Imani, Jada, Kezia, Nevaeh, Nyah, Raven, Shanice, Tiana, Zaria"
    ),
    _listed("Andre, Jaheim, Jayden, Kymani, Malachi, Marcus, Micah, Nathaniel, Rio, Tyrell, Tyrese, Zion"),
    _listed("Beverley, Carol, Charmaine, Claudette, Keisha, Marcia, Natalie, Sharon, Simone, Yvonne"),
    _listed("Clive, Courtney, Delroy, Desmond, Errol, Leon, Lloyd, Marlon, Neville, Winston"),
    _listed(
        "Campbell, Brown, Williams, Grant, Francis, Gordon, Reid, Bailey, Henry, Morrison, Powell, St Hilaire, Blake"
    ),
    {"cofe": 14, "catholic": 14},
)
WEST_AFRICAN = Heritage(
    40,
    _listed(
        "Abena, Adaeze, Adwoa, Ama, Blessing, Chidinma, Comfort, Ewa, Grace, Ifeoma, Mercy, Oluwaseun, Precious, Temitope"
    ),
    _listed(
        "Ayomide, Chukwuemeka, David, Emmanuel, Femi, Israel, Kofi, Kwame, Kwesi, Obinna, Oluwatobi, Samuel, Tunde"
    ),
    _listed("Abimbola, Akosua, Efua, Folake, Funmi, Gifty, Ngozi, Patience, Yetunde"),
    _listed("Babatunde, Chidi, Daniel, Ikenna, Kojo, Kwabena, Olumide, Segun, Yaw"),
    _listed("""Adeyemi, Okafor, Mensah, Owusu, Boateng, Okonkwo, Adebayo, Asante, Eze, Nwosu, Ogunleye, Oluwafunmilayo-Adekunle,
        Osei, Bello"""),
    {"catholic": 26, "cofe": 22, "muslim": 8},
)
ROMANIAN = Heritage(
    20,
    _listed("Ana, Andreea, Bianca, Daria, Elena, Ioana, Maria, Sofia, Ștefania, Teodora"),
    _listed("Alexandru, Andrei, Cristian, David, Ionuț, Luca, Matei, Mihai, Ștefan, Vlad"),
    _listed("Adriana, Cristina, Gabriela, Mihaela, Raluca, Roxana, Simona"),
    _listed("Adrian, Bogdan, Cătălin, Florin, Gheorghe, Marius, Sorin"),
    _listed("Popescu, Ionescu, Popa, Radu, Dumitru, Stan, Stoica, Munteanu, Constantinescu"),
    {"catholic": 6},
)
CHINESE = Heritage(
    15,
    _listed("Chloe, Ka-Yan, Mei, Nicole, Wing-Yan, Xinyi, Yuxuan, Zihan"),
    _listed("Anson, Chun-Hei, Haoran, Jasper, Ka-Ho, Lok-Yin, Wei, Zixuan"),
    _listed("Fang, Ka-Man, Li, Mei-Ling, Suk-Yee, Xiu"),
    _listed("Chi-Wai, Hong, Jian, Kin-Man, Wai-Keung, Ming"),
    _listed("Chan, Wong, Li, Cheung, Wang, Lau, Zhang, Ho, Ng, Liu, Tse"),
    {"catholic": 8},
)

EVERYONE = (
    ENGLISH,
    WELSH,
    IRISH,
    PAKISTANI,
    BANGLADESHI,
    INDIAN,
    POLISH,
    SOMALI,
    CARIBBEAN,
    WEST_AFRICAN,
    ROMANIAN,
    CHINESE,
)
WEIGHTS = tuple(heritage.weight for heritage in EVERYONE)


def some_heritage(rng: Random) -> Heritage:
    return rng.choices(EVERYONE, WEIGHTS)[0]


def some_surname(rng: Random, heritage: Heritage) -> str:
    """A surname, the first in the list most often. A Kaur or a Begum is as rare as any other here."""
    place = int(len(heritage.surnames) * rng.random() ** 1.4)
    return heritage.surnames[place]


def double_barrelled(rng: Random, one: str, other: str) -> str:
    """Two parents' surnames joined, in either order; names already joined stay as they are."""
    if "-" in one or "-" in other or " " in one or " " in other or one == other:
        return one
    first, second = (one, other) if rng.random() < 0.5 else (other, one)
    return f"{first}-{second}"
