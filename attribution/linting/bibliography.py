"""The guidelines on which the rules are based. They are cited only here; rules refer to them by these names.

Quoted from publicly available copies; the wording may differ from the current editions, so check the live page before
quoting one.
"""

from __future__ import annotations

import msgspec


class Reference(msgspec.Struct, frozen=True):
    """A published guideline: a short key, its publisher, its title, and its address."""

    key: str
    publisher: str
    title: str
    where: str


AP_ATTRIBUTION = Reference(
    "AP-ATT",
    "Associated Press",
    "When is it OK to use anonymous sources? (J. Daniszewski)",
    "https://blog.ap.org/behind-the-news/when-is-it-ok-to-use-anonymous-sources",
)
AP_VALUES = Reference(
    "AP-NVP",
    "Associated Press",
    "News Values and Principles, on anonymous sources: information, not opinion",
    "https://www.ap.org/about/news-values-and-principles/",
)
AP_ANONYMOUS = Reference(
    "AP-ANON",
    "Associated Press",
    "Stylebook, entry on anonymous sources, as quoted by the Anonymous Sources project",
    "http://anonymoussources.org/?p=37",
)
AP_CREDIT = Reference(
    "AP-CRED",
    "Associated Press",
    "Policy on crediting other news organisations (2010), as reported by journalism.co.uk and Poynter",
    "https://www.journalism.co.uk/",
)
AP_POLLS = Reference(
    "AP-POLL",
    "Associated Press",
    "Stylebook, entry on polls and surveys",
    "https://ralphehanson.com/blog/ap_poll.html",
)
AP_ALLEGEDLY = Reference(
    "AP-ALLG",
    "Associated Press",
    "Advice on 'allegedly', as quoted by the Jewish News Syndicate",
    "https://www.jns.org/",
)
REUTERS_SOURCING = Reference(
    "RTR-SRC",
    "Reuters",
    "Handbook of Journalism: The essentials of Reuters sourcing",
    "http://handbook.reuters.com/index.php?title=The_Essentials_of_Reuters_sourcing",
)
REUTERS_ACCURACY = Reference(
    "RTR-ACC",
    "Reuters",
    "Handbook of Journalism: Accuracy; and 'Anonymous sources: Reuters rules' (2008)",
    "http://handbook.reuters.com/",
)
BBC_ACCURACY = Reference(
    "BBC-ACC",
    "BBC",
    "Editorial Guidelines, section 3: Accuracy",
    "https://www.bbc.com/editorialguidelines/guidelines/accuracy",
)
BBC_ALLEGATIONS = Reference(
    "BBC-ALL",
    "BBC",
    "Editorial Guidelines: Reporting allegations",
    "http://www.bbc.co.uk/guidelines/editorialguidelines/edguide/accuracy/reportingallega.shtml",
)
BBC_STATISTICS = Reference(
    "BBC-STA",
    "BBC",
    "Editorial Guidelines: Guidance on reporting statistics",
    "https://www.bbc.com/editorialguidelines/",
)
BBC_UNDERSTANDS = Reference(
    "BBC-UND",
    "Press Gazette",
    "BBC News staff told to stop using 'BBC understands' phrase",
    "https://pressgazette.co.uk/",
)
SMH_UNDERSTOOD = Reference(
    "SMH-UND",
    "Sydney Morning Herald",
    "'It is understood': how oblique sourcing is hurting Australian media",
    "https://www.smh.com.au/",
)
GUARDIAN_SOURCES = Reference(
    "GDN-SRC",
    "The Guardian",
    "Guidelines on identifying sources (2000)",
    "https://www.theguardian.com/info/2000/aug/14/guidelines-on-identifying-sources",
)
GUARDIAN_QUOTES = Reference(
    "GDN-QUO",
    "The Guardian",
    "Style guide, entry on quotes",
    "https://www.theguardian.com/guardian-observer-style-guide-q",
)
GUARDIAN_AUDIT = Reference(
    "GDN-AUD",
    "The Guardian",
    "Social audit 2004, the editor on multi-sourcing",
    "https://www.theguardian.com/",
)
NYT_CONFIDENTIAL = Reference(
    "NYT-04",
    "The New York Times",
    "Confidential News Sources Policy (2004)",
    "https://www.nytco.com/",
)
NYT_BOILERPLATE = Reference(
    "NYT-10",
    "The New York Times",
    "Memo on anonymous sourcing (P. Corbett, 2010), as published by Gawker and CJR",
    "https://www.cjr.org/",
)
NYT_ANONYMOUS = Reference(
    "NYT-16",
    "The New York Times",
    "Note on anonymous sources (D. Baquet, M. Purdy, P. Corbett, 15 March 2016)",
    "https://www.nytco.com/",
)
WASHINGTON_POST = Reference(
    "WP-04",
    "The Washington Post",
    "Policy on sources (2004)",
    "https://www.washingtonpost.com/",
)
NPR_IDENTIFY = Reference(
    "NPR-ID",
    "NPR",
    "Ethics Handbook: Describe anonymous sources as clearly as you can without identifying them",
    "https://www.npr.org/ethics",
)
NPR_ATTRIBUTION = Reference(
    "NPR-ATT",
    "NPR",
    "Ethics Handbook, special section: Attribution",
    "https://www.npr.org/ethics",
)
NPR_ANONYMOUS = Reference(
    "NPR-ANO",
    "NPR",
    "Ethics Handbook, special section: Anonymous sourcing; memo 'The do's and don'ts of anonymity'",
    "https://www.npr.org/ethics",
)
NPR_CLAIMS = Reference(
    "NPR-CLM",
    "NPR",
    "Memos on crowd estimates, on 'A major speech? Says who?', and on rebut and refute",
    "https://www.npr.org/ethics",
)
SPJ = Reference(
    "SPJ",
    "Society of Professional Journalists",
    "Code of Ethics; position paper on anonymous sources",
    "https://www.spj.org/",
)
PROPUBLICA = Reference(
    "PROP",
    "ProPublica",
    "Code of Ethics: no surprises",
    "https://www.propublica.org/code-of-ethics",
)
IPSO = Reference(
    "IPSO",
    "Independent Press Standards Organisation",
    "Editors' Code of Practice, clause 1: headlines supported by the text",
    "https://www.ipso.co.uk/editors-code-of-practice/",
)
WORDS_TO_WATCH = Reference(
    "MOS",
    "Wikipedia",
    "Manual of Style: Words to watch",
    "https://en.wikipedia.org/wiki/Wikipedia:Manual_of_Style/Words_to_watch",
)
SWAIM = Reference(
    "SWAIM",
    "Delaware Online",
    "A widely committed journalistic sin (B. Swaim)",
    "https://www.delawareonline.com/",
)
BENDER = Reference(
    "BEND",
    "Bender, Davenport, Drager and Fedler",
    "Writing and Reporting for the Media: Verbs to avoid for attribution",
    "https://learninglink.oup.com/",
)
STOVALL = Reference("STOV", "J. Stovall", "Verbs of attribution", "https://www.jprof.com/")
CJR_LINKS = Reference("CJRL", "Columbia Journalism Review", "Why journalists need to link", "https://www.cjr.org/")
YIN = Reference("YIN", "K. Yin", "Pruning hedges, Conscious Style Guide", "https://consciousstyleguide.com/")

REFERENCES: dict[str, Reference] = {
    value.key: value for value in list(globals().values()) if isinstance(value, Reference)
}
"""Every reference by its key."""
