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
        to uz vaika vaikai vaikas vaiko vaikui vakaras viso yra
        """.split()
    ),
    "pl": frozenset(
        """
        adres akt albo ale bardzo bedzie bo burmistrz będzie chce chcialabym chcialbym chciał chciałabym
        chciałbym chcę co corka czesc cześć czy córka dla dlaczego do dobry dobrywieczór dokumenty dom domu
        dostać dowód drodze działa działają dzieci dziecka dziecko dziekuje dzien dzień dzisiaj dziękuję
        gdzie gmina godziny hej ile innym jadę jak jaka jaki jakie jest jestem jeszcze jutro juz już karetka
        karetkę kiedy kiedyś kogo kosztować kosztuje kto ktora ktory ktos ktoś która który lekarz litewski
        litewsku ludzie mam meldunek miejsce miesiąc mieszka mieszkam mieszkania mieszkać mieć mnie moge
        mogę moj moja moje mowi mozna można mój mówi mówić mówię nas nasz nie numer od ogień ojciec oraz
        otrzymac otrzymać otwarcia pan pani panie państwo pieniądze pogotowie policja policję polski polsku
        pomoc pomocy pomoże potrzebuje potrzebuję powiedzieć pozar pożar praca prosze proszę przedszkola
        przedszkole przy przychodnia przyjechać przyjmuje płacić ratunku rozmawiac rozmawiać rozumiem
        samorząd się skarga skargę sklep slub smieci straż syn szkola szkole szkoly szkoła szkoły są tak
        teraz tez też tutaj ulica ulicy umiera urodzenia urzad urząd uzyskac uzyskać w wezwać wezwijcie
        widzenia wieczór witam wniosek woda wszystko wtorek wysłać z zalatwic zameldowac zameldować
        zamieszkania zapisac zapisać zapisy zapłacić zasilek zasiłek załatwić zglosic zgłosić zgłoszenie
        zlobek zlozyc zmarł zmarła zrobic zrobić złożenia złożyć ślub śmieci żegnam żona żłobek żłobka
        """.split()
    ),
    "en": frozenset(
        """
        a about address afternoon am ambulance and any application apply are at attack baby be beating
        benefit benefits birth bleeding book books born broken build building burning bus bye call can
        cannot card certificate child children cold collect collected complain complaint contact cost costs
        could daughter day days did died do document documents does dog dying each emergency english evening
        every family father fee find fire for free friday from garbage get good goodbye grandmother gun has
        have he heating hello help her hi him his hospital hours house housing how human husband i if in
        information into is it job just kid killed kindergarten knife language last leave library licence
        license light lights lithuanian live living long lost marriage married me missing monday money month
        morning mother move moved much municipality museum my name need new next night nobody not number of
        offer office old on only open opening operator or our out parents passport pay payment permit person
        phone please police pool price reach register report request residence road rubbish russian saturday
        say school send she should smell some somebody someone son soon speak street sunday take takes
        talk tax tell thank thanks that the their there they this thursday time to today tomorrow too trash
        tuesday ukrainian unconscious understand us want was waste we wedding wednesday week welcome what
        when where which who why wife will with would write year yes yesterday you your
        """.split()
    ),
    "ru": frozenset(
        """
        адрес алло брак будет бы был была были в вам вас вечер взять во все всё вы вызовите выходной где год
        голос горит города да дадут данные день деньги детей дети детский для до добрый документов документы
        дом дорога дорогу его есть еще ещё её жалоба жалобу живу жилье записать зарегистрировать заявление
        звонить здесь здравствуй здравствуйте знаю и из или к как какая какие каким какой каком квартира
        когда кто куда ли литовски литовский меня мне могу можете можно мой мою моя муж мусор мы на надо нам
        наш не нет но ночи нужен нужна нужно нужны общаться он она они оплатить от отец отопление очень
        пенсия письмо платить по подать подскажите пожалуйста пожар полиция получить помогите помощь
        понедельник понимаю пособие пособия потерял почему почта при привет прописаться прописка пятницу
        работа работает работаете рабочие ребенка ребенок ребёнка ребёнок русски с сад свадьба свидания свой
        себя сегодня сейчас семья скажи скажите сколько скорую спасибо справка справку стоит сын также там
        телефон тогда только туда тут у уже улица утро учреждение хотел хотела хочу часы человек человека
        человеком чем что школа школу эта это этот эту я являюсь
        """.split()
    ),
    "uk": frozenset(
        """
        або адреса але алло бачення був будинок будь була були в вам вас вашого весілля вечора вечір вже ви
        виплата виплати вночі вулиця вчора від вітаю гаразд година години громадянин гроші де день дитина
        дитини дитину дитсадок дитячий дитячого дитячої для дня до добрий доброго довідка довідку документи
        документів допомога допоможіть дорога дуже дякую дітей діти живу житла житло з завтра записати зараз
        зареєструвати заява заяву звати звернутися звідки здрастуйте зробити й його каже квартира коли
        коштує куди ласка литовською лікар мене мені мешкаю ми можете можна можу моя моє мої мій місяць на
        нам написати наш не немає ні о отримати отримую пенсія по побачення поговорити подати пожежа поліцію
        потрібен потрібна потрібно потрібні працюють працює працюєте при привіт прописка підкажіть ранку
        реєстрація роботу розмовляєте розумію років рятуйте рік садка садок садочок скажіть скільки сміття
        сьогодні та так телефон тиждень тому треба туди тут тільки у українець українка українською хотів
        хотіла хочемо хочу хто це цей ця чи чому швидку школа школу шлюб ще що щоб щодо я як яка який якого
        якої якщо які є і із їх її
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

# Russian as it is typed on a Latin keyboard; spellings that are Lithuanian words too are left out.
RUSSIAN_IN_LATIN = frozenset(
    """
    bolnica chelovek chelovekom chto dengi detei deti detskii detskij detskiy detskogo dlya dobrij dobriy dobroe
    dobryi dobryj dokumenti dokumentov dokumenty eto gde gorit govorit govorite kak khochu kogda komu kotoriy
    kuda litovski mesyac mesyats mne mogu mojno mozhet mozhete mozhno musor nado nashego net nujno nuzhen nuzhna
    nuzhni nuzhno nuzhny obratitsya ochen oplatit otkryt pochemu podskajite podskazhite pojaluista poluchit
    pomogite pomosch ponimaju ponimayu posobie pozhaluista pozhaluysta pozhar pozvonit priehat privet propiska
    rabotaet rabotaete rebenka rebenok rebyonka rebyonok registraciya russki russkom sadik sdelat segodnya
    seichas seychas shkola shkolu skajite skazhite skolko spasibo spravka spravku stoit svidaniya ulica utro
    vopros vrach vsego vy ya yest zapisat zavtra zayavlenie zdravstvui zdravstvuite zdravstvuj zdravstvujte
    zdravstvuyte zhaloba zhalobu zhit zhivu znayu
    """.split()
)
