"""The real pre-commit with the hooks of this repository, on a throw-away one.

    hooks.py HOOKS ROOM     HOOKS is a repository that holds the hooks at its HEAD
"""

import pathlib
import subprocess
import sys

hooks, room = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
BAD = "---\n---\n# Fund\n\nOur fund returned 12 % in 2024.\n"
CALLS = BAD + "\n{% include risk.html %}\n"
WRONG = "# Cash\n\nDo invest unless you're prepared to lose all the money you invest. This is a high-risk bitcoin investment.\n"
RULES = """
[pack]
name = "house"
title = "House"
[[disclosure]]
id = "warning"
[[disclosure.version]]
text.en = "Don't invest unless you're prepared to lose all the money you invest. This is a high-risk bitcoin investment."
[[rule]]
id = "warning"
title = "Warning"
severity = "error"
message = "no warning"
[rule.when]
mentions = ["bitcoin"]
[rule.required]
disclosure = "warning"
"""


def fail(why):
    sys.exit(f"hooks: {why}")


def run(*command, codes=(0,)):
    done = subprocess.run([str(part) for part in command], cwd=repo, capture_output=True, text=True)
    if done.returncode not in codes:
        fail(f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done


def put(name, text):
    path = repo / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def stage(name, text):
    put(name, text)
    run("git", "add", name)


def commit(*arguments):
    """Whether the hooks let the commit through, and what they said."""
    done = run("git", *ME, "commit", "-mnext", *arguments, codes=(0, 1))
    return done.returncode == 0, done.stdout + done.stderr


def expect(what, passed, said, *words):
    if passed != (not words) or not all(word in said for word in words):
        fail(f"{what}: passed is {passed}, said was\n{said}")
    print(f"{what}: as it should be")


def use(*hooks_used, serial=True):
    head = subprocess.run(["git", "-C", hooks, "rev-parse", "HEAD"], capture_output=True, text=True)
    lines = "".join(
        f"      - id: {hook}\n" + ("" if serial else "        require_serial: false\n")
        for hook in hooks_used
    )
    put(
        ".pre-commit-config.yaml",
        f"repos:\n  - repo: {hooks}\n    rev: {head.stdout.strip()}\n    hooks:\n{lines}",
    )
    run("git", "add", ".pre-commit-config.yaml")


ME = ["-c", "user.name=Ada", "-c", "user.email=ada@desk.example", "-c", "commit.gpgsign=false"]
repo = room / "site"
repo.mkdir(parents=True)
run("git", "init", "--quiet", ".")
put("_config.yml", "title: A\n")
put("_includes/risk.html", "Past performance is not a reliable indicator of future results.\n")
put("old.md", BAD)
put("caveat.toml", 'packs = ["core", "house.toml"]\n')
put("house.toml", RULES)
use("caveat")
run("git", "add", "--all")
run("git", *ME, "commit", "--quiet", "-mfirst")
run("pre-commit", "validate-manifest", hooks / ".pre-commit-hooks.yaml")
run("pre-commit", "install", "--install-hooks")

stage("fund.md", BAD)
put("fund.md", CALLS)
passed, said = commit()
expect("a bad file that is staged", passed, said, "fund.md:5:1", "exit code: 1")
run("git", "add", "fund.md")
expect("its mended content, with an include that is not staged", *commit())
stage("words.md", "# Words\n")
put("words.md", BAD)
expect("a good file that is staged, and bad on the disk", *commit())
if (repo / "words.md").read_text() != BAD:
    fail("what was not staged is lost")
run("git", "checkout", "--quiet", "words.md")

use("caveat-fix")
stage("cash.md", WRONG)
passed, said = commit()
expect("an altered wording, fixed on the disk", passed, said, "files were modified by this hook")
run("git", "add", "--all")
expect("what was fixed, staged", *commit())
if "Don't invest" not in (repo / "cash.md").read_text():
    fail("the wording was not restored")

# many files at once: pre-commit runs several processes, and what they find is what one finds
for number in range(300):
    stage(f"many/page{number:03}.md", BAD if number % 7 == 0 else "# Words\n")
findings = {}
for serial in (True, False):
    use("caveat", serial=serial)
    done = run("pre-commit", "run", "--all-files", "--verbose", codes=(1,))
    findings[serial] = sorted(
        line for line in done.stdout.splitlines() if "─[" in line and ".md:" in line
    )
if findings[True] != findings[False] or len(findings[True]) != 44:
    fail(f"batches find {len(findings[False])}, one run {len(findings[True])}")
print("parallel batches: they find what one run finds")
run("git", "rm", "--quiet", "--cached", "-r", "many")

use("caveat-all")
stage("_includes/risk.html", "Ask us.\n")
passed, said = commit()
expect("an include that all pages are judged for", passed, said, "fund.md:5:1")
run("git", *ME, "commit", "--quiet", "--no-verify", "-mnext")

use("caveat-src")
stage("late.md", BAD)
passed, said = commit()
expect("a bad file, with the hook that cargo builds", passed, said, "late.md:5:1", "exit code: 1")
stage("late.md", "# Late\n")
expect("a good one, with the hook that cargo builds", *commit())
