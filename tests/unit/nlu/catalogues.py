"""Small catalogues for the tests of resolving."""

from datetime import date

from bot.core.catalogue import Institution, Provider, Question, Service


def service(name: str, title: str, *aliases: str, description: str = "", questions: tuple[str, ...] = ()) -> Service:
    """A service with only what resolving looks at."""
    return Service(
        id=name,
        title=title,
        description=description,
        life_event="",
        audience="",
        provider=Provider(text="savivaldybė"),
        scope="national",
        checked=date(2026, 11, 21),
        sources=(),
        aliases=aliases,
        faq=tuple(Question(question, "Taip.") for question in questions),
    )


def institution(name: str, title: str, kind: str, settlement: str | None, *aliases: str) -> Institution:
    """An institution with only what resolving looks at."""
    return Institution(id=name, name=title, kind=kind, sources=(), settlement=settlement, aliases=aliases)


SERVICES = (
    service(
        "darzelis",
        "Vaiko priėmimas į darželį",
        "darželis",
        "užrašyti vaiką į darželį",
        "eilė į darželį",
        description="Prašymai dėl vietos darželyje registruojami vienoje sistemoje.",
    ),
    service("darzelio-mokestis", "Mokestis už darželį", "kiek kainuoja darželis", "darželio kaina"),
    service(
        "deklaravimas",
        "Gyvenamosios vietos deklaravimas",
        "deklaruoti gyvenamąją vietą",
        "prisirašyti",
        questions=("Per kiek laiko reikia deklaruoti?",),
    ),
    service("santuoka", "Santuokos registravimas", "susituokti", "vestuvės"),
    service("atliekos", "Komunalinių atliekų išvežimas", "šiukšlės", "šiukšlių išvežimas"),
    service("medziai", "Leidimas kirsti saugotinus medžius", "nupjauti medį", "leidimas medžiui"),
    service("laidojimas", "Leidimas laidoti", "palaidoti", "kapavietė"),
    service("pasalpa", "Socialinė pašalpa", "pašalpa nepasiturintiems", "trūksta pinigų pragyvenimui"),
)

INSTITUTIONS = (
    institution("silas", "Lentvario lopšelis-darželis „Šilas“", "darželis", "Lentvaris", "Šilo darželis"),
    institution("svajonele", "Lentvario lopšelis-darželis „Svajonėlė“", "darželis", "Lentvaris", "Svajonėlės darželis"),
    institution("ezerelis", "Trakų lopšelis-darželis „Ežerėlis“", "darželis", "Trakai", "Ežerėlio darželis"),
    institution("onuskio-seniunija", "Onuškio seniūnija", "seniūnija", "Onuškis", "Onuškio seniūnas"),
    institution("lentvario-seniunija", "Lentvario seniūnija", "seniūnija", "Lentvaris"),
    institution("paramos-skyrius", "Socialinės paramos skyrius", "skyrius", "Trakai", "pašalpų skyrius"),
    institution("kultura", "Kultūros centro Butrimonių skyrius", "kultūros centro skyrius", "Butrimonys",
                "Butrimonių kultūros namai"),
    institution("mikniskes", "Paramos šeimai centras", "tarnyba", "Mikniškių k., Trakų sen."),
)  # fmt: skip
