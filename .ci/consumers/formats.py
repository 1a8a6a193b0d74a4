"""What the programs that read caveat's reports make of them: each finding, at its file and line, and no complaint.

    formats.py CAVEAT TOOLS ROOM
"""

import json
import pathlib
import re
import subprocess
import sys
import urllib.parse

from junitparser import JUnitXml, TestSuite

caveat, tools, room = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
here = pathlib.Path(__file__).parent
root = here.parent.parent
modules = tools / "node_modules"

# a folder whose names and texts mean harm: each sign that some format gives a meaning to
HARM = {
    "caveat.toml": 'packs = ["core", "rules.toml"]\n',
    "rules.toml": """
[pack]
name = "ev"
title = "Evil"
[[rule]]
id = "gift"
title = "No | `gift` <img src=x> @all"
severity = "warning"
message = "a gift, 100%: | ]]> \\u001b[31m <b>x</b> [a](1) &amp; ::error::x"
help = "take | it, out\\r\\n::warning file=x::y"
[[rule.source]]
regulator = "Tarnbrook"
citation = "Book | 7, 1%"
url = "https://tarnbrook.example/book?a=1,2&b=%20"
quote = "No <gifts> | ]]>."
[rule.forbidden]
any = ["welcome {..6} gift"]
""",
    "pa ges/a,b%20:#ü[x](y)`|&.md": "\ufeffa\twelcome gift\r\n\r\n世界 🦊 a welcome **a|b ]]>\r\n`%0A` <i>x</i>** gift\r\n",
    "plain.md": "# Offer\n\nGuaranteed returns of 12 % a year with no risk.\n",
    "waived.md": "<!-- caveat-disable-file ev/gift: it is | kept -->\n\nA welcome gift.\n",
}
# the multitool says nothing of a file that is not named so
FORMATS = {
    "sarif": "report.sarif",
    "gitlab": "gitlab.json",
    "junit": "junit.xml",
    "checkstyle": "checkstyle.xml",
    "rdjson": "rdjson.json",
}
# what the SARIF multitool says and is meant: there is no site of the tool that `informationUri` could name
MEANT = {"SARIF2005"}


def fail(why):
    sys.exit(f"formats: {why}")


def run(command, **more):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, **more)


def reports(folder, name, *arguments):
    """Every format from one run; what json says is what the others are held to."""
    out = room / name
    out.mkdir(parents=True, exist_ok=True)
    also = [f"--also={format}={out / file}" for format, file in FORMATS.items()]
    done = run([caveat, "check", "--format=json", "--as-of=2026-11-23", *also, *arguments], cwd=folder)
    if done.returncode not in (0, 1, 2) or not done.stdout:
        fail(f"caveat wrote no report of {name}: {done.stderr}")
    return out, json.loads(done.stdout)


def place(finding):
    return finding["path"], finding["span"]["start_line"]


def sarif(report):
    done = run([modules / "@microsoft/sarif-multitool-linux/Sarif.Multitool", "validate", report])
    said = done.stdout + done.stderr
    # its exit code is 0 whatever it finds
    wrong = [
        line
        for line in said.splitlines()
        if (at := re.search(r": (error|warning) (\w+)[.:]", line)) and at[2] not in MEANT
    ]
    if "Done. 1 files scanned." not in said:
        wrong.append(f"it scanned nothing:\n{said}")
    return wrong


def schema(report):
    schemas = modules / "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
    done = run(["check-jsonschema", "--regex-variant=nonunicode", "--schemafile", schemas, report])
    return [] if done.returncode == 0 else [done.stdout + done.stderr]


def rdjson(report):
    command = ["node", modules / ".bin/rdformat-validator", "--strict", "--no-extra-fields", report]
    done = run(command)
    return [] if done.returncode == 0 else [done.stdout + done.stderr]


def violations(parser, report):
    [jar] = modules.glob("violation-comments-to-github-command-line/build/libs/*[0-9].jar")
    done = run(["java", "-cp", jar, here / "Violations.java", parser, report])
    if done.returncode != 0:
        fail(f"violations-lib cannot read {report}: {done.stderr}")
    return [tuple(line.split("\0")) for line in done.stdout.splitlines()]


def held_to(report, parser, findings):
    """Each finding is one that violations-lib finds, at its line."""
    # it leaves the addresses of SARIF as they are
    name = urllib.parse.unquote if parser == "SARIF" else str
    found = sorted((name(file), int(line)) for _, file, line, _, _ in violations(parser, report))
    # it takes two of one message on one line for one
    expected = sorted({(*place(of), of["rule"], of["message"]) for of in findings})
    expected = [of[:2] for of in expected]
    if found != expected:
        fail(f"{report} as {parser}: violations-lib finds\n{found}\nand not\n{expected}")


def junit(report, findings):
    suites = JUnitXml.fromfile(str(report))
    failed = sum(
        case.is_failure or case.is_error for suite in suites if isinstance(suite, TestSuite) for case in suite
    )
    if failed != len(findings) or suites.failures + suites.errors != failed:
        fail(f"{report}: junitparser finds {failed} that failed of {len(findings)}")


def check(folder, name, *arguments, least=0):
    out, report = reports(folder, name, *arguments)
    findings = report["findings"]
    if len(findings) < least:
        fail(f"{name} holds {len(findings)} findings, too few to say anything")
    for wrong in (sarif(out / FORMATS["sarif"]), schema(out / FORMATS["sarif"]), rdjson(out / FORMATS["rdjson"])):
        if wrong:
            fail(f"{name}:\n" + "\n".join(wrong))
    for format, parser in [("sarif", "SARIF"), ("gitlab", "CODECLIMATE"), ("checkstyle", "CHECKSTYLE")]:
        # it does not know what is suppressed
        waived = report.get("waived", []) if parser == "SARIF" and "--show-waived" in arguments else []
        held_to(out / FORMATS[format], parser, findings + [of.get("finding", of) for of in waived])
    junit(out / FORMATS["junit"], findings)
    print(f"{name}: {len(findings)} findings, read alike from {', '.join(FORMATS)}")
    return out


def refused(what, check, report, old, new):
    """A tool that takes anything says nothing: it refuses a report that is broken."""
    text = report.read_text()
    broken = report.with_name("broken-" + report.name)
    broken.write_text(text.replace(old, new))
    if text == broken.read_text() or not check(broken):
        fail(f"{what} takes a broken report")


harm = room / "harm"
for path, text in HARM.items():
    file = harm / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
out = check(root, "examples", "examples", least=5)
check(harm, "harm-report", least=3)
check(harm, "waived", "--show-waived", "--select=ev/*", least=2)
clean = room / "clean"
clean.mkdir(exist_ok=True)
(clean / "page.md").write_text("Words.\n")
check(clean, "nothing", "--isolated")
(clean / "caveat.toml").write_text("pakcs = 1\n")
check(clean, "mistake", least=1)
refused("the SARIF multitool", sarif, out / FORMATS["sarif"], '"text":', '"txt":')
refused("the schema of SARIF", schema, out / FORMATS["sarif"], '"text":', '"txt":')
refused("rdformat-validator", rdjson, out / FORMATS["rdjson"], '"message":', '"massage":')

# the schemas that caveat prints are schemas, and hold for what it reads
for what, files in {
    "config": [*root.glob("examples/*/caveat.toml"), *root.glob("tests/cases/*/caveat.toml")],
    "pack": [*root.glob("rules/*.toml")],
}.items():
    printed = room / f"{what}.schema.json"
    printed.write_text(run([caveat, "schema", what]).stdout)
    if not files:
        fail(f"no {what} to try its schema on")
    for arguments in (["--check-metaschema", printed], ["--schemafile", printed, *files]):
        done = run(["check-jsonschema", *arguments])
        if done.returncode != 0:
            fail(f"schema {what}: {done.stdout}{done.stderr}")
    print(f"schema {what}: holds for {len(files)} files")
