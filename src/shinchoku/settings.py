"""Every bound on what one PDF, one run or one request may cost, each a line."""

from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Settings:
    """Sizes in bytes, times in seconds of wall clock. What is said to be needed was measured on two cores of
    an AMD EPYC."""

    memory_bytes: int = 1024 * MIB
    """Address space of one worker (RLIMIT_AS), beside the size of the largest file. A report's page needs 150
    MiB of it, 140 of which are libraries; a page of 100,000 rules needs 190. Two workers and the command
    together stay within a machine of 4 GiB."""

    open_seconds: float = 120.0
    """To open a file and count its pages. 5,000 pages take 2 seconds, the search for every object of a
    damaged file of 400 MB takes as long, and a page tree that lists a million pages 15."""

    page_seconds: float = 30.0
    """To read one page. An ordinary one takes 0.02 seconds, one of 100,000 rules 4; machines a fifth as fast
    still read that."""

    file_seconds: float = 3600.0
    """To read one file, all its pages together: 5,000 pages take about 2 minutes. It bounds what a file with
    many bad pages costs."""

    file_bytes: int = 2048 * MIB
    """Of a PDF. The readers look objects up by their place in the file and do not hold all of it; larger than
    this is no report, and reading it once for its hash takes longer than reading its pages."""

    pages: int = 5000
    """Of one file that are read, from the first; ten times a thick volume."""

    glyphs: int = 200_000
    """Of one page. A full A4 page of 6 point text holds 15,000; only a drawing on the largest sheets comes
    near this."""

    marks: int = 200_000
    """Painted straight lines and boxes of one page. Tables whose rules are strings of dots have some 10,000;
    maps and drawings, which are no tables, may have a million."""

    answer_bytes: int = 64 * MIB
    """One page's raw tables as they come back from a worker, unpacked. An ordinary page takes 30,000."""

    pixels: int = 40_000_000
    """Of a picture of a page that is drawn; a larger one is drawn smaller. An A4 page at 5 pixels a point has
    12,500,000."""

    drawn_scale: float = 1.5
    """Pixels a point of pictures that are drawn."""

    sent_bytes: int = 18_000_000
    """Of pictures in a page that is made to be sent; with what else it holds it goes through mail that takes
    25 MB. Some 200 pages at 1.5 pixels a point."""

    worker_pages: int = 200
    """Pages after which a worker is replaced by a new one, which takes 0.05 seconds: what the readers keep of
    pages that are done is given back."""

    server_starts: int = 4
    """How often in one run the process that starts the workers may be started; it dies of the machine's
    trouble, not of a page's."""

    farewell_seconds: float = 5.0
    """That this process has to end its workers at the end before it is killed; they die with it."""

    paper: bool = True
    """Whether each page is painted, and what was read of it held against its picture; it takes about as long
    as reading the page."""

    ocr_seconds: float = 1800.0
    """To have a text layer added to one file: Tesseract needs 2 to 10 seconds a page."""

    ocr_memory_bytes: int = 4096 * MIB
    """Address space of each process that adds a text layer: it holds pictures of whole pages."""

    ocr_language: str = "jpn"
    """What Tesseract takes the pages for; its data for that language must be installed."""


BOUNDS = Settings()
"""Those of who asks for no others."""

# Bounds that no caller sets.

UNFOLDED_BYTES = 64 * MIB
"""That one object stream of a damaged file may unfold to."""

HEAD_BYTES = 20_000
"""Of an object of a damaged file that are looked at for its type and references."""

HEADER_WITHIN = 1024
"""Bytes anywhere in which the header may stand (PDF 32000-1, annex H.3.4.1)."""

TAIL_BYTES = 65536
"""In which the end of the file is looked for; mail programs and web servers append to files."""

SECTIONS = 64
"""Cross-reference sections that are followed back, one an incremental update."""

HOPS = 32
"""So many times an object that is a reference is followed; more, and it leads to itself."""

FORMS_DEEP = 28
"""Forms within forms deeper than this are not followed."""

FORMS = 20_000
"""Drawn on one page, those within forms counted each time; more are not followed."""

OBJECTS = 5_000_000
"""Walked through on one page, those in forms counted each time."""

LAYERS_DEEP = 16
"""Expressions of layers within expressions deeper than this count as on."""

LATTICE_FIELDS = 1_000_000
"""A shape with holes is taken apart on a lattice of its corners of up to this many."""

COVER_PAIRS = 1_000_000
"""Of a glyph and what may cover it that are looked at in one go."""

GROUPS = 16
"""Of objects in doubt that are painted alone on a page; what is in further ones counts as shown."""

GROUP_PIXELS = 2000
"""Of the longer side of a picture of such a group."""

PAPER_PIXELS = 10_000_000
"""Of the picture that a page is held against; a larger page is looked at more coarsely."""

SCAN_PIXELS = 40_000_000
"""Of the picture in which a scan's rules are looked for; a larger page is looked at more coarsely."""

START_SECONDS = 60.0
"""That a worker may take from its start until it can be talked to, where processes are not forked."""

LOOK_SECONDS = 0.5
"""The longest time between two looks at whose time is up."""

LAST_BREATH = 1.0
"""Seconds that a process may take to end after its socket is closed."""

CACHE_SECONDS = 30 * 24 * 3600.0
"""After which what other versions of the code kept is thrown away."""

RUN_SECONDS = 600.0
"""That a run waits for another one that writes to the same folder."""

BODY_BYTES = 256 * 1024
"""Of a request to the review page's server: the text of a cell is far shorter."""

LARGEST_SCALE = 4.0
"""Pixels a point of a picture that the review page asks for."""

REPORTS_HELD = 4
"""By the review page's server, corrected one way or another: what is shown before it is kept is made once."""

WRITER_SECONDS = 10.0
"""That a writer of corrections waits for another."""
