"""The CloudFormation template is valid, and lets in and shows nothing it should not."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from devstack.paths import ROOT

TEMPLATE = ROOT / "deploy" / "ec2" / "template.yaml"
CFN_LINT = Path(sys.executable).with_name("cfn-lint")


def lint(template: Path) -> str:
    """What cfn-lint complains about; nothing where all is well."""
    done = subprocess.run(
        [CFN_LINT, "--non-zero-exit-code", "informational", "--", template],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "AWS_DEFAULT_REGION": "eu-central-1"},
    )
    assert bool(done.returncode) == bool(done.stdout.strip()), done.stderr
    return done.stdout


def test_the_template_is_valid() -> None:
    assert not lint(TEMPLATE)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("Encrypted: true", "Encrypted: perhaps"), ("!Ref SshCidr", "!Ref SshNetwork")],
)
def test_a_mistake_is_found(tmp_path: Path, right: str, wrong: str) -> None:
    text = TEMPLATE.read_text()
    assert right in text
    broken = tmp_path / "template.yaml"
    broken.write_text(text.replace(right, wrong))
    assert lint(broken)


def test_only_three_ports_are_open_each_to_whom_a_parameter_names() -> None:
    text = TEMPLATE.read_text()
    rules = re.findall(r"FromPort: (\d+), ToPort: (\d+), CidrIp: !Ref (\w+)", text)
    assert rules == [
        ("22", "22", "SshCidr"),
        ("9000", "9000", "AppCidr"),
        ("443", "443", "HttpsCidr"),
    ]
    assert text.count("IpProtocol") == len(rules)
    for parameter in ("SshCidr", "AppCidr"):  # whoever installs it has to say
        declared = text.split(f"  {parameter}:\n")[1].split("\n  ", 4)[:4]
        assert not [line for line in declared if "Default" in line]


def test_disks_are_encrypted_and_credentials_out_of_reach() -> None:
    text = TEMPLATE.read_text()
    assert "Encrypted: true" in text
    assert "HttpTokens: required, HttpPutResponseHopLimit: 1" in text
    assert not re.search(r"(?i)(password|secret_key|signing_key|token)\s*[=:]", text)
