"""Messages to a municipality with the kind that each is in law, written apart from the words of the rules.

The rules were adjusted on `SEEN`; `UNSEEN` was labelled before they were run on it and changed nothing in them.
"""

SEEN = {
    "complaint": """
Sūnaus į pirmą klasę nepriėmė, nors gyvename už dviejų šimtų metrų nuo mokyklos.
Jau trečias mėnuo man neperveda būsto šildymo kompensacijos, nors visus popierius sunešiau laiku.
Socialinis skyrius nutraukė mamos slaugos pinigus ir net nepranešė kodėl.
pazeide mano teises nes nedave susipazinti su byla
Mane išbraukė iš socialinio būsto eilės be jokio paaiškinimo
Prašymą dėl medžio padaviau liepą, o atsakymo iki šiol neturiu.
Kaimynas pasistatė garažą ant mūsų sklypo ribos, o savivaldybės architektas davė jam leidimą.
Noriu skųsti administracijos direktoriaus įsakymą dėl mano žemės.
Nubaudė už šiukšles, kurių aš ten nepalikau.
Manau, konkursą į direktores laimėjo seniūno žmona ne visai sąžiningai.
Mokykla paskelbė mano dukters diagnozę visų tėvų grupėje.
Auklėtoja trenkė vaikui per rankas, jis grįžo mėlynas.
diskriminuoja mane del to kad as rome
Iš tėvų renka pinigus remontui ir sako, kas neduos, tas lai ieško kito darželio.
Neįgaliojo vežimėliu į kultūros centrą nepatenku, o į mano prašymą įrengti pandusą numojo ranka jau metus.
seniūnija nukirto mano obelis prie tvoros nieko neatsiklausus
Atsisakė priregistruoti naujagimį, nes neva trūksta kažkokio parašo.
Man priklauso nemokamas maitinimas dukrai, bet mokykla jo neskiria.
Mokestį už atliekas suskaičiavo dvigubai ir nenori perskaičiuoti.
Savivaldybės darbuotojas už leidimą prašė atsidėkoti vokeliu.
""",
    "charter_notice": """
Darbuotoja priimamajame su manimi kalbėjo taip, lyg būčiau jai skolinga.
niekas nekelia telefono skambinau 14 kartu
Laukiau koridoriuje dvi valandas, nors buvau užsiregistravusi dešimtai.
Specialistė aiškino taip, kad nieko nesupratau, o kai perklausiau, suirzo.
Mane siuntinėjo iš vieno kabineto į kitą, kol baigėsi darbo laikas
Seniūnijos duris radau užrakintas vidury darbo dienos.
ji rekė ant manes visu koridorium
Bibliotekininkė nė nepasisveikino, sėdėjo įlindusi į telefoną.
Vienas sako neškit vieną pažymą, kitas sako visai kitą, susitarkit tarpusavyje.
Labai lėtas aptarnavimas, eilė iki durų, o dirba tik vienas langelis.
Pažadėjo perskambinti antradienį ir dingo.
Vairuotoja kursuojančio autobuso kreipėsi į mane „tu, boba“.
Svetainėje parašyta, kad dirbat iki penkių, o atėjau pusę penkių – jau visi išėję.
Nemandagus bendravimas registratūroje.
Konsultantė pasijuokė iš mano akcento.
numete rageli vidury sakinio
Metrikacijos skyriuje gėrė kavą ir šnekėjosi, kol mes su kūdikiu stovėjom.
Nusivyliau jūsų aptarnavimu, tikėjausi daugiau šilumos.
prašė palaukt penkias minutes, išlaukiau valandą
Kultūros namų vadovė bendrauja arogantiškai ir pertraukinėja.
""",
    "request": """
Prašau išduoti pažymą apie šeimos sudėtį.
noreciau gauti leidima nukirsti pusi savo kieme
Norėčiau užrašyti dukrą į eilę darželiui „Spindulėlis“.
Prašau pratęsti socialinio būsto nuomos sutartį.
reikia archyvo kopijos apie tevo zeme
Prašau skirti vienkartinę pašalpą, sudegė tvartas.
Norim su vyru deklaruoti gyvenamąją vietą seniūnijoje.
Prašome leisti uždaryti gatvę bendruomenės šventei rugpjūčio 15 d.
Prašau atsiųsti tarybos sprendimo kopiją.
reiketu isnuomoti sale gimtadieniui
Prašau suteikti informaciją apie planuojamus kelio darbus Dzūkų gatvėje.
Prašau atidėti žemės mokestį pusmečiui.
noriu gauti daugiavaikes seimos kompensacija
Reikalinga pažyma apie deklaruotą gyvenamąją vietą, prašyčiau atsiųsti el. paštu.
""",
    "suggestion": """
Siūlau prie mokyklos pastatyti dviračių stovus.
Būtų gerai, jei autobusas į Daugus važiuotų ir sekmadienį.
gal galetumet prie ezero irengti persirengimo kabina
Turiu idėją, kaip sutvarkyti seną parką.
pasiulymas del sunu aiksteles
Reikėtų daugiau šiukšliadėžių pėsčiųjų take.
Ar nevertėtų bibliotekoje atidaryti vaikų kampelį?
Kodėl nepadarius vasaros kino vakarų prie pilies?
Noriu pasiūlyti nemokamą internetą autobusų stotyje.
""",
    "praise": """
Noriu padėkoti socialinei darbuotojai Onutei už jos kantrybę.
Labai mandagiai aptarnavo, viskas per penkias minutes!
Šaunuoliai kelininkai, puikiai sutvarkė gatvę.
Ačiū seniūnui už nupjautą žolę kapinėse.
dekoju darzelio aukletojoms uz puikia svente
Likau sužavėta bibliotekos renginiu.
Noriu pagirti vairuotoją, kuris palaukė mano mamos.
""",
}

UNSEEN = {
    "complaint": """
Po skyrybų man atsisakė skirti išmoką vaikui, nors pajamos mažesnės nei leidžiama.
Jau du mėnesiai praėjo, o į mano pareiškimą dėl kelio niekas raštu neatsakė.
Darželyje neįgaliam vaikui neskiria padėjėjo, nors tarnyba jį nustatė.
Statybų leidimas kaimynams išduotas be mano sutikimo, dabar neturiu saulės.
seniūnas malkas davė saviems o man atsakė kad baigėsi
Neteisingai priskaičiavo nekilnojamojo turto mokestį.
Policininkas iš viešosios tvarkos skyriaus surašė protokolą už tai, ko nedariau, prašau jį panaikinti.
mokykloj is mano vaiko tyciojasi jau metai ir niekas nieko nedaro
Reikalauju grąžinti permoką už darželį, kurios negaunu nuo pavasario.
Mano asmens duomenys atsidūrė savivaldybės svetainėje kartu su adresu.
Ligos metu panaikino lankomąją priežiūrą ir dabar mama guli viena.
Taryba priėmė sprendimą uždaryti mokyklą, mūsų nuomonės net neklausė.
Greideris nugriovė mano tvorą, kas atlygins nuostolius?
Iš konkurso mane pašalino, nes esu per sena.
Man neleidžia matyti dokumentų apie savo vaiką.
Už kapavietę liepė mokėti antrą kartą, nors turiu kvitą.
Mokytoja vaiką uždarė tamsiame sandėliuke už bausmę.
nesutinku su atsakymu kuri gavau del triuksmo
Kaimynas užtvėrė bendrą kelią, o seniūnija sako spręskitės patys.
Direktorė atleido mane iš darbo, kai pranešiau apie vagystę.
Negavau priklausančių kelionės pinigų už vaiko pavėžėjimą.
""",
    "charter_notice": """
Direktoriaus sekretorė liepė ateiti kitą kartą, nes jai netinka mano veidas.
Tris dienas bandau prisiskambinti į civilinės metrikacijos skyrių.
Specialistas atsakinėjo pro dantis, nė karto nepažiūrėjo į mane.
Prie langelio stovėjom beveik pusantros valandos.
Man pasakė, kad dokumentų užtenka, o atvažiavus paaiškėjo, kad trūksta dar dviejų.
aptarnavo siaubingai, daugiau ten neisiu
Vadybininkė vartojo žodžius, kurių paprastas žmogus nesupranta.
Seniūnė prie visų pavadino mane girtuokle.
Kabinetas 12 tuščias, ant durų jokio lapelio, laukėm visą rytą.
Telefonu atsiliepė ir padėjo ragelį.
Negali taip šiurkščiai kalbėti su senu žmogumi.
Registracija internetu vis stringa, formoje niekas neaišku.
Autobuso vairuotojas trinktelėjo durimis man prieš nosį.
kasininke muziejuje burbejo ir mete man bilieta
Informaciją apie priėmimą į mokyklą davė klaidingą, važiavau veltui.
Susitikimą nukėlė tris kartus ir nė karto neperspėjo.
Socialinė darbuotoja vėluoja kiekvieną kartą ir niekada neatsiprašo.
mokyklos budetoja apsauke mane prie vaiku
Jaučiausi kaip prašytoja, o ne kaip klientė.
Kultūros centre neveikė rūbinė, o administratorė tik gūžtelėjo pečiais.
""",
    "request": """
Prašau išduoti leidimą prekiauti mugėje.
noriu uzregistruoti savo suni
Prašome apšviesti gatvę, dokumentus pridedu.
Prašau mane įrašyti į laukiančiųjų socialinio būsto sąrašą.
Norėčiau gauti tėvo gimimo įrašo kopiją.
reikia leidimo kasinejimo darbams
Prašau skirti slaugos lovą mano močiutei.
Prašyčiau informacijos, kiek vaikų laukia eilėje į mūsų darželį.
Prašau pakeisti vaiko darželį dėl persikėlimo.
Norime susituokti pilyje gegužės 9 dieną, prašome rezervuoti laiką.
Prašau patvirtinti mokinio pažymėjimą.
""",
    "suggestion": """
Siūlyčiau mugę perkelti į aikštę prie bažnyčios.
Gal galima būtų pailginti bibliotekos darbo laiką vakarais?
truksta suoliuku prie poliklinikos, pastatykit
Būtų puiku turėti vaikų baseiną.
noreciau kad mieste atsirastu riedlenciu parkas
Pageidautume daugiau koncertų kaimuose.
Mano mintis: eglutę puošti kartu su vaikais.
""",
    "praise": """
Ačiū jūsų darbuotojai Rimai, išgelbėjo mane nuo popierių.
Gatvė išasfaltuota tobulai, gyventojai dėkingi.
Puiki šventė, seniai taip juokėmės!
noriu palikti gera zodi apie mokytoja Danute
Dėkojame už šiltą priėmimą ir greitą pagalbą.
Labai patiko, kaip seniūnas išklausė visus.
""",
}


def labelled(table: dict[str, str]) -> list[tuple[str, str]]:
    """Return (text, kind) for every line."""
    return [(line, kind) for kind, lines in table.items() for line in lines.strip().splitlines()]
