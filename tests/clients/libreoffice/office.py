"""LibreOffice without a window, by its own interface (python3-uno): documents are opened, read, edited and saved as a person does it."""

import contextlib
import pathlib
import subprocess
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

EXCEL = "Calc MS Excel 2007 XML"
CSV = "Text - txt - csv (StarCalc)"
# Semicolons, quotes, UTF-8, from the first line; Dutch; quoted fields as what they are, "detect special numbers" off, as the guide says.
DUTCH = "59,34,76,1,,1043,false,false"
# The same and saved as shown, quoted only where it is needed.
SAVED_IN_DUTCH = "59,34,76,1,,1043,false,true"


@contextlib.contextmanager
def office():
    """A running LibreOffice with a profile that is thrown away; gives what loads documents."""
    with tempfile.TemporaryDirectory() as profile:
        pipe = "stm" + pathlib.Path(profile).name.replace("_", "")
        command = ["soffice", "--headless", "--norestore", "--nologo", "--nolockcheck"]
        command += [f"-env:UserInstallation=file://{profile}", f"--accept=pipe,name={pipe};urp;"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield connected(pipe, process)
        finally:
            process.terminate()
            process.wait()


def connected(pipe, process):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + 60
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            if process.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.2)


def properties(**values):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


@contextlib.contextmanager
def opened(desktop, path, options=None):
    """A document; of csv with the options of the import window."""
    filters = {"FilterName": CSV, "FilterOptions": options} if options else {}
    address = pathlib.Path(path).absolute().as_uri()
    document = desktop.loadComponentFromURL(address, "_blank", 0, properties(Hidden=True, **filters))
    assert document, f"LibreOffice does not open {path}"
    try:
        yield document
    finally:
        document.close(True)


def cells(sheet):
    """What stands in the cells: texts, and numbers as numbers, of which days and instants are some."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.getRangeAddress()
    return [list(row) for row in sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getDataArray()]


def save(document, path, filter_name, options=""):
    document.storeToURL(pathlib.Path(path).absolute().as_uri(), properties(FilterName=filter_name, FilterOptions=options))
    return pathlib.Path(path).read_bytes()
