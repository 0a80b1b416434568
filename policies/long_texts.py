"""Longer texts as they ship, in English and in Spanish, in Markdown. Staff may rewrite them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ABOUT = (
    """\
This is a record of what each county in the United States has put in writing about helping
Immigration and Customs Enforcement (ICE): seven policies, one point each, for any day.

## What it is for
Residents can see what their county does. Advocates can see what is missing, what wording others
have adopted and who can adopt it. Journalists and researchers can cite a number that will say the
same next year.

## What it is not
It describes written or stated policy, never whether it is obeyed. It is not legal advice. If you or
somebody you know is detained or at risk, speak to a lawyer or an accredited representative.

## Where it comes from
Every answer rests on a document: a law, an order, an agreement, one of ICE's own lists, an answer to
a request for public records. Each county's page shows the words, and its receipt shows who coded
them and who checked them. Nothing is published by one person alone, unless it says so.

## When we are wrong
Then we say so. What was published stays readable under its date, and the list of changes tells our
corrections from what changed in the world.

## Your privacy
No page loads anything from elsewhere or sets a cookie, and what you type to find a county stays in
your browser.
""",
    """\
Este es un registro de lo que cada condado de los Estados Unidos ha puesto por escrito sobre la ayuda
al Servicio de Control de Inmigración y Aduanas (ICE): siete políticas, un punto por cada una, para
cualquier día.

## Para qué sirve
Quienes viven en un condado pueden ver qué hace. Quienes trabajan por el cambio pueden ver qué falta,
qué texto adoptaron otros y quién puede adoptarlo. Periodistas e investigadores pueden citar un
número que dirá lo mismo el año que viene.

## Lo que no es
Describe políticas escritas o declaradas, nunca si se cumplen. No es asesoría legal. Si usted o
alguien que conoce está detenido o en riesgo, hable con un abogado o un representante acreditado.

## De dónde viene
Cada respuesta se apoya en un documento: una ley, una orden, un acuerdo, una de las listas de ICE, la
respuesta a una solicitud de registros públicos. La página de cada condado muestra las palabras, y su
comprobante muestra quién las codificó y quién las revisó. Nada lo publica una sola persona, a menos
que se diga.

## Cuando nos equivocamos
Lo decimos. Lo publicado sigue legible con su fecha, y la lista de cambios distingue nuestras
correcciones de lo que cambió en el mundo.

## Su privacidad
Ninguna página carga nada de otro sitio ni deja una cookie, y lo que usted escribe para encontrar un
condado se queda en su navegador.
""",
)

#: On every county's page.
LEGAL_HELP = (
    "Non-profit organisations give legal help with immigration for little or no money. The national "
    "directory [immigrationlawhelp.org](https://www.immigrationlawhelp.org/) finds them by ZIP code "
    "or by the place where somebody is detained.",
    "Hay organizaciones sin fines de lucro que dan ayuda legal de inmigración a bajo costo o gratis. "
    "El directorio nacional [immigrationlawhelp.org](https://www.immigrationlawhelp.org/) las busca "
    "por código postal o por el lugar donde alguien está detenido.",
)

METHODOLOGY = (
    "A county earns one point for each of seven policies in force. The score is the number of "
    "points. It describes written or stated policy, never whether it is obeyed.",
    "Un condado gana un punto por cada una de siete políticas vigentes. El puntaje es la cantidad "
    "de puntos. Describe políticas escritas o declaradas, nunca si se cumplen.",
)

#: Slug -> (term, English, Spanish).
GLOSSARY: dict[str, tuple[Promise, str, str]] = {
    "287g": (
        _("287(g) agreement"),
        "A written agreement under section 287(g) of the Immigration and Nationality Act. It gives "
        "local officers some of the powers of immigration agents: in the jail (*Jail Enforcement*), "
        "on the street (*Task Force*), or to serve ICE's own warrants (*Warrant Service Officer*).",
        "Un acuerdo por escrito según la sección 287(g) de la Ley de Inmigración y Nacionalidad. Da "
        "a agentes locales algunas facultades de los agentes de inmigración: en la cárcel (*Jail "
        "Enforcement*), en la calle (*Task Force*) o para ejecutar órdenes de ICE (*Warrant Service "
        "Officer*).",
    ),
    "detainer": (
        _("detainer, or ICE hold"),
        "A form in which ICE asks a jail to keep a person for up to 48 hours after the time at "
        "which that person would go free. It is a request, and no judge signs it.",
        "Un formulario en el que ICE pide a una cárcel que retenga a una persona hasta 48 horas "
        "después del momento en que quedaría libre. Es una petición, y no la firma un juez.",
    ),
    "notification": (
        _("notification"),
        "Telling ICE when somebody will be released, or that somebody is in custody, so that agents "
        "can wait at the door.",
        "Avisar a ICE cuándo saldrá libre alguien, o que alguien está bajo custodia, para que los "
        "agentes puedan esperarlo a la salida.",
    ),
    "interrogation": (
        _("interrogation in the jail"),
        "ICE questioning people in custody about their status. Some counties keep ICE out of the "
        "jail, or require the person's written consent first.",
        "Cuando ICE pregunta a personas bajo custodia por su estatus. Algunos condados no dejan "
        "entrar a ICE en la cárcel, o exigen antes el consentimiento por escrito de la persona.",
    ),
    "judicial-warrant": (
        _("judicial warrant"),
        "A warrant signed by a judge. ICE's own warrants are signed by its officers and do not give "
        "the right to enter a home.",
        "Una orden firmada por un juez. Las órdenes propias de ICE las firman sus funcionarios y no "
        "dan derecho a entrar en una casa.",
    ),
    "igsa": (
        _("IGSA, DIGSA, USMS IGA"),
        "Contracts by which a local jail holds people for the federal government: with ICE (IGSA), "
        "for ICE alone (DIGSA), or through the Marshals Service (USMS IGA).",
        "Contratos por los que una cárcel local detiene a personas para el gobierno federal: con ICE "
        "(IGSA), solo para ICE (DIGSA) o por medio del Servicio de Alguaciles (USMS IGA).",
    ),
    "preemption": (
        _("preemption"),
        "When state law overrides a county's own policy. The county's answer stays on record and is "
        "shown as preempted.",
        "Cuando la ley estatal deja sin efecto la política propia de un condado. La respuesta del "
        "condado queda en el registro y se muestra como anulada.",
    ),
    "injunction": (
        _("injunction, or stay"),
        "A court's order that a law must not be applied, for a time or for good, to everybody or "
        "only to those who went to court.",
        "Una orden judicial de que una ley no se aplique, por un tiempo o para siempre, a todos o "
        "solo a quienes acudieron al tribunal.",
    ),
    "foia": (
        _("FOIA, or public-records request"),
        "A request under law to see what an agency has in writing. Many answers here come from one.",
        "Una solicitud, prevista en la ley, para ver lo que una agencia tiene por escrito. Muchas "
        "respuestas de aquí vienen de una.",
    ),
    "in-force": (
        _("in force on, as known on"),
        "Two dates. *In force on* asks what was true on a day; *as known on* asks what we had "
        "published by the end of another.",
        "Dos fechas. *Vigente el* pregunta qué era cierto en un día; *según se sabía el* pregunta "
        "qué habíamos publicado al final de otro.",
    ),
    "none-found": (
        _("none found"),
        "Somebody looked for a policy and found none. It earns no point, but the county counts as "
        "looked at. *Unknown* means that nobody has looked yet; it is not a zero.",
        "Alguien buscó una política y no encontró ninguna. No da punto, pero el condado cuenta como "
        "revisado. *Desconocido* quiere decir que nadie ha buscado todavía; no es un cero.",
    ),
    "unified-jail": (
        _("unified jail system"),
        "In six states one department runs every jail, so its agreements and its jail policies "
        "count for every county: Alaska, Connecticut, Delaware, Hawaii, Rhode Island and Vermont.",
        "En seis estados un solo departamento administra todas las cárceles, así que sus acuerdos y "
        "sus políticas carcelarias cuentan para todos los condados: Alaska, Connecticut, Delaware, "
        "Hawái, Rhode Island y Vermont.",
    ),
}
