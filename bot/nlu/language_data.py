"""Evidence of language identification: letters, common short words, endings. Small on purpose and our own."""

from __future__ import annotations

LETTERS: dict[str, frozenset[str]] = {
    "lt": frozenset("ėįšųūž"),  # č, ą, ę are shared with others that residents write
    "pl": frozenset("łńśćźżó"),
    "en": frozenset(),
    "ru": frozenset("ыэъё"),
    "uk": frozenset("іїєґ"),
}

ENDINGS: dict[str, tuple[str, ...]] = {
    "lt": tuple(
        """
        ai ame ams as ciau eje es iams iau ija ijos imas imo imą io is ite iu ių oje oms os ose siu ti ui
        uose uoti us yje ys čiau ų
        """.split()
    ),
    "pl": tuple(
        """
        ach ami anie ać cie ego emu enie eć ich iem ić nie osc owac ować ość ska ski szkola ych zka ów
        """.split()
    ),
    "en": tuple(
        """
        all ch ck ed ere ight ing ly ment ness ould ow sh th tion
        """.split()
    ),
    "ru": tuple(
        """
        ать ая его ете еть ешь ий ить ние ния ого ому ться ую ый
        """.split()
    ),
    "uk": tuple(
        """
        ати ий ити ння ого ому тися ької ього ьої ють ємо єте
        """.split()
    ),
}

WORDS: dict[str, frozenset[str]] = {
    "lt": frozenset(
        """
        aciu adresas aha ant apie ar arba as be bet bus buvo cia dar darbo dekui del diena esu gal galeciau
        galima galiu gerai gero i iki ir is jau jei jo jus jusu ka kad kada kaina kaip kam kas kazkas kiek
        kodel kokia kokie kokiu kokius koks kontaktai kur laba labas laikas mama man mano medis mes mus musu
        namai namas ne nea nera nieko noreciau norim norime noriu nuo pasakykit pasas per po prasau prie
        reik reikia rytas sakykit santuoka skyrius su sveikas sveiki ta tai taip tas telefonas ten tik turiu
        uz vaika vaikai vaikas vaiko vaikui vakaras viso yra
        """.split()
    ),
    "pl": frozenset(
        """
        akt albo ale bardzo bedzie będzie chce chcialabym chcialbym chciałabym chciałbym chcę czesc cześć
        czy dla dlaczego dobry dobrywieczór dokumenty dziecka dziecko dziekuje dzien dzień dzisiaj dziękuję
        gdzie gmina godziny ile jak jaka jaki jakie jest jestem jeszcze jutro juz już kiedy kosztuje kto
        ktora ktory ktos ktoś która który mam meldunek miejsce mieszkam moge mogę moj moja moje mozna można
        mój nie numer od oraz otrzymac otrzymać otwarcia pan pani panie polski polsku pomoc pomoże
        potrzebuje potrzebuję powiedzieć praca prosze proszę przedszkola przedszkole przy rozmawiac
        rozmawiać się slub smieci szkola szkoly szkoła szkoły są telefonu tez też tutaj urodzenia urzad
        urząd uzyskac uzyskać witam wniosek zalatwic zameldowac zameldować zamieszkania zapisac zapisać
        zasilek zasiłek załatwić zglosic zgłosić zlozyc zrobic zrobić złożyć ślub śmieci
        """.split()
    ),
    "en": frozenset(
        """
        about address afternoon and any application apply are baby benefit benefits birth book books born
        broken build building bus can card certificate child children complain complaint contact cost costs
        could day did do document documents does dog dog's english evening father fee for free from garbage
        get good has have hello help hi his hours house housing how human if information just kid
        kindergarten language library licence license light lights live living long marriage married morning
        mother move moved much municipality need new not number office old open opening operator or our
        parents passport pay payment permit person phone please price register report residence road rubbish
        school should somebody someone speak street take takes talk tax thank thanks that the their there
        they this time trash want was waste we wedding what when where which who why will with would yes you
        your
        """.split()
    ),
    "ru": frozenset(
        """
        адрес брак в вам вы где да день детский для до добрый документы дом его есть еще ещё её жилье
        записать зарегистрировать заявление здравствуйте и из или к как какая какие какой квартира когда кто
        ли мне могу можете можно мусор мы на надо нам не нет но нужно от очень по подать подскажите
        пожалуйста получить пособие почему при привет прописаться прописка работает ребенка ребенок ребёнка
        ребёнок с сад свадьба скажите сколько спасибо справка стоит телефон у уже улица хочу что школа школу
        эта это этот я
        """.split()
    ),
    "uk": frozenset(
        """
        або адреса але будинок будь в вам весілля вечір вже ви вулиця від вітаю де день дитина дитини дитину
        дитячий для дня до добрий доброго довідка документи допомога дуже дякую житло з записати
        зареєструвати заяву й його квартира коли коштує ласка мені ми можете можна можу на нам не немає ні
        отримати по подати потрібно працює при привіт прописка підкажіть реєстрація садок скажіть скільки
        сміття та так телефон треба у хочу хто це цей ця чи чому школа школу шлюб ще що я як яка який які є
        і із її
        """.split()
    ),
}

# Folded beginnings of words that occur in municipal Lithuanian and in no neighbour's language.
LITHUANIAN_STEMS = tuple(
    """
    adres atliek autobus bibliotek burel darbuotoj darzel deklar dokumentai dokumentu dokumentus duob eur galec
    gatv gimim gimt gyvenam gyvun ismok kain kainuoj kapav kapin kates kelias keliu kompens kontakt kreip kreipt
    kultur laidoj laidot laik leidim licencij liudijim lopsel maitin mediz medz menes met mirt mirtis mokes
    mokesc mokykl muziej nedeg neigal norec noreciau operator pagalb parama pasakyk pasalp pasel pasiskust
    pateik pavez pazym piet pieta pinig prasym prekiau prekyb prisirasyt registruot reikal reiketu renginio
    renginy rinkliav santuok savait savivald seim seniun siuksl sklyp skund skyri skyriu slaug sniega sportas
    sporto statyb stipend sun sunys suzinot svietim telefon traktor ugdym ukinink uzrasyt vaik valand zem zibint
    zmog zmon zvej
    """.split()
)
