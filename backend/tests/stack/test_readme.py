"""The README is true: its API lines work as they are printed."""

import re
import subprocess
from pathlib import Path

from devstack.stack import Stack

README = Path(__file__).parents[3] / "README.md"
ADDRESS = "http://localhost:9000"


def test_the_api_lines_work_as_pasted(stack: Stack) -> None:
    section = README.read_text().split("## The API")[1].split("## Layout")[0]
    blocks = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    assert len(blocks) == 2
    script = "\n".join(blocks).replace(ADDRESS, stack.web_url)
    assert len(blocks[0].strip().splitlines()) == 5

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    said = done.stdout
    assert said.count('"title":"Pay rent"') >= 2
    assert said.count('"code":"precondition_failed"') == 1
    assert '"completed_at":"2' in said
    assert '"deleted_at":"2' in said
    assert '"username":"ada' in said
    assert "problems" not in said.replace("/problems/precondition_failed", "")
