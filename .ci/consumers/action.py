"""action.yml: valid for GitHub's schema, its scripts for shellcheck, its use for actionlint; its steps run as GitHub runs them.

    action.py CAVEAT ROOM
"""

import os
import pathlib
import subprocess
import sys

# of pre-commit, which stands beside
import yaml

caveat, room = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
root = pathlib.Path(__file__).parent.parent.parent
action = yaml.safe_load((root / "action.yml").read_text())
BAD = "# Fund\n\nOur fund returned 12 % in 2024.\n"


def fail(why):
    sys.exit(f"action: {why}")


def passes(what, *command, **more):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **more)
    if done.returncode != 0:
        fail(f"{what}:\n{done.stdout}{done.stderr}")
    print(f"{what}: nothing to say")


def value(text, inputs, outputs):
    """What GitHub puts in the place of an expression; of those that the action uses."""
    for name, given in inputs.items():
        text = text.replace("${{ inputs.%s }}" % name, given)
    for name, given in outputs.items():
        text = text.replace("${{ steps.check.outputs.%s }}" % name, given)
    if "${{" in text:
        fail(f"an expression that is not known here: {text}")
    return text


def outputs_of(path):
    """The file that a step writes its outputs to, as the runner reads it."""
    found, lines = {}, iter(path.read_text().splitlines())
    for line in lines:
        name, mark, rest = line.partition("<<")
        if mark and "=" not in name:
            held = []
            for line in lines:
                if line == rest:
                    break
                held.append(line)
            found[name] = "\n".join(held)
        else:
            name, _, rest = line.partition("=")
            found[name] = rest
    return found


def run(name, files, **given):
    """Runs the steps after the first, which is pip's. The outputs, the log, the summary, the exit code of the last step."""
    folder, temp = room / name, room / f"{name}-temp"
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (temp / "caveat-venv/bin").mkdir(parents=True)
    (temp / "caveat-venv/bin/caveat").symlink_to(caveat)
    inputs = {key: str(of.get("default", "")) for key, of in action["inputs"].items()}
    inputs.update({key.replace("_", "-"): text for key, text in given.items()})
    (temp / "output").touch()
    (temp / "summary").touch()
    env = {
        **{key: text for key, text in os.environ.items() if not key.startswith(("GITHUB_", "CAVEAT_"))},
        "RUNNER_TEMP": str(temp),
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_REPOSITORY": "desk/site",
        "GITHUB_SHA": "0" * 40,
        "GITHUB_OUTPUT": str(temp / "output"),
        "GITHUB_STEP_SUMMARY": str(temp / "summary"),
    }
    log, code, outputs = "", 0, {}
    for step in action["runs"]["steps"][1:]:
        own = {key: value(text, inputs, outputs) for key, text in step["env"].items()}
        script = temp / "script.sh"
        script.write_text(step["run"])
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", script]
        done = subprocess.run(shell, cwd=folder, env={**env, **own}, capture_output=True, text=True)
        log, code = log + done.stdout + done.stderr, done.returncode
        outputs = outputs_of(temp / "output")
        if code != 0 and step is not action["runs"]["steps"][-1]:
            fail(f"{name}: a step before the last ended with {code}:\n{log}")
    return outputs, log, (temp / "summary").read_text(), code


def expect(name, got, code, *words):
    outputs, log, summary, ended = got
    if ended != code or outputs.get("exit-code") != str(code):
        fail(f"{name}: ended with {ended}, outputs {outputs}:\n{log}")
    for word in words:
        if word not in log + summary:
            fail(f"{name}: `{word}` is not said:\n{log}\n{summary}")
    print(f"{name}: as it should be")


room.mkdir(parents=True)
passes("the schema of actions", "check-jsonschema", "--builtin-schema", "vendor.github-actions", root / "action.yml")
for number, step in enumerate(action["runs"]["steps"]):
    script = room / f"step{number}.sh"
    script.write_text("#!/bin/bash\n" + step["run"])
    passes(f"shellcheck of `{step['name']}`", "shellcheck", "--severity=style", script)

# a workflow that gives every input and uses every output
used = room / "workflow"
(used / ".github/workflows").mkdir(parents=True)
(used / "action.yml").write_text((root / "action.yml").read_text())
steps = [
    {"uses": "actions/checkout@v4"},
    {"uses": "./", "id": "caveat", "with": {name: "x" for name in action["inputs"]}},
    *({"run": "echo \"$X\"", "env": {"X": "${{ steps.caveat.outputs.%s }}" % name}} for name in action["outputs"]),
]
jobs = {"caveat": {"runs-on": "ubuntu-latest", "steps": steps}}
workflow = used / ".github/workflows/caveat.yml"
workflow.write_text(yaml.safe_dump({"name": "caveat", "on": "pull_request", "jobs": jobs}))
subprocess.run(["git", "init", "--quiet", used], check=True)
passes("actionlint", "actionlint", cwd=used)
workflow.write_text(workflow.read_text().replace("fail-on: x", "fial-on: x"))
if subprocess.run(["actionlint"], cwd=used, capture_output=True).returncode == 0:
    fail("actionlint takes an input that there is not")

got = run("bad", {"content/a b.md": BAD, "other.md": BAD}, paths="content")
expect("findings", got, 1, "::error file=content/a b.md,line=3", "| ", "https://github.com/desk/site/blob/")
if got[0]["sarif-file"] != "caveat.sarif" or not (room / "bad/caveat.sarif").is_file():
    fail("the SARIF report is not there")
expect("findings that fail nothing", run("never", {"a.md": BAD}, fail_on="never"), 0, "::error file=a.md")
expect("nothing found", run("clean", {"a.md": "Words.\n"}), 0)
got = run("broken", {"a.md": BAD, "caveat.toml": "pakcs = 1\n"})
expect("a mistake in config", got, 2, "caveat could not run")
harm = "$(touch pwned)\n`touch pwned`\n--help\n; touch pwned"
got = run("harm", {"a.md": BAD}, paths=harm, sarif_file="x\ny=$(touch pwned)")
expect("inputs that mean harm", got, 2)
if list(room.rglob("pwned")):
    fail("an input was run")
files = {"drafts/a.md": BAD, "b.md": BAD}
got = run("lines", files, args="--exclude=drafts/**\n\n  \n--select=core/past-performance", packs="core\r\n", sarif_file="")
expect("lines of arguments", got, 1, "file=b.md")
if "drafts/a.md" in got[1] or "sarif-file" in got[0]:
    fail(f"arguments are not as given: {got[1]}")
