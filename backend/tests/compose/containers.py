"""What must hold of every container: default deny, and no secret in sight."""

import json
import re
import tempfile
from pathlib import Path

from tests.compose.project import CommandError, Project, health, is_one_shot, service

SECRETS = {  # which service may see which volume
    "secrets-app": {"secrets", "migrate", "web", "realtime", "worker", "beat"},
    "secrets-db": {"secrets", "db"},
    "secrets-redis": {"secrets", "redis"},
    "secrets-grafana": {"secrets"},
}
FILES = {  # of the checkout, to be read
    "secrets": {"/secrets/given"},
    "db": {"/docker-entrypoint-initdb.d/role.sql"},
}
WRITERS = {"secrets": 4, "db": 1, "redis": 1}  # volumes they may write
REACHES = {
    "nginx": {"front"},
    "web": {"front", "back", "metrics"},
    "realtime": {"front", "back", "metrics"},
    "worker": {"back", "outside", "metrics"},
    "beat": {"back", "outside", "metrics"},
    "db": {"back"},
    "redis": {"back"},
    "migrate": {"back"},
    "secrets": set(),
}
CONNECT = "import socket; socket.create_connection(({host!r}, {port}), 3)"
PRIVATE_FILES = (
    "find / -xdev '(' -name .env -o -name .git -o -name '*.key' -o -name 'id_[red]*'"
    " -o -path '/secrets/*/*' ')' -not -path '/proc/*' -not -path '/usr/*'"
)
DEFAULT_ROUTE = "print([r for r in open('/proc/net/route') if r.split()[1] == '0' * 8])"
SECRET_SETTING = re.compile(r"(SECRET|PASSWORD|TOKEN|_KEY|_URL)\w*=(?!/secrets/)\S+")
ALLOWED_SETTINGS = {"SITE_URL"}


def no_process_has_rights(project: Project) -> None:
    """Of root, by capabilities or by new privileges: from /proc, of each process."""
    for one in project.running():
        table = project.inside(one["Id"], "sh", "-c", "cat /proc/[0-9]*/status")
        facts = re.findall(
            r"^(Uid|Cap\w+|NoNewPrivs|Seccomp):\s+(\w+)", table, re.MULTILINE
        )
        assert facts
        for name, value in facts:
            wanted = {"NoNewPrivs": "1", "Seccomp": "2"}.get(name, "0" * 16)
            is_right = value != "0" if name == "Uid" else value == wanted
            assert is_right, f"{one['Name']}: {name} is {value}"


def each_is_confined(project: Project) -> None:
    """User, root file system, capabilities, limits, restarts and logs as configured."""
    for one in project.containers():
        host, user = one["HostConfig"], one["Config"]["User"]
        found = {
            "user": user.split(":")[0] not in ("", "0", "root"),
            "read-only": host["ReadonlyRootfs"],
            "capabilities": host["CapDrop"] == ["ALL"] and not host["CapAdd"],
            "privileges": "no-new-privileges:true" in host["SecurityOpt"]
            and not host["Privileged"],
            "memory": host["Memory"] > 0,
            "processes": (host["PidsLimit"] or 0) > 0,
            "restart": host["RestartPolicy"]["Name"]
            == ("no" if is_one_shot(one) else "unless-stopped"),
            "logs": {"max-size", "max-file"} <= host["LogConfig"]["Config"].keys(),
            "namespaces": not {"host"} & {host["PidMode"], host["NetworkMode"]},
        }
        wrong = [name for name, holds in found.items() if not holds]
        assert not wrong, f"{one['Name']}: {wrong}"


def nothing_can_be_written_into_an_image(project: Project) -> None:
    for one in project.running():
        mounts = project.inside(one["Id"], "cat", "/proc/mounts").splitlines()
        root = next(line.split() for line in mounts if line.split()[1] == "/")
        assert "ro" in root[3].split(","), f"{one['Name']}: {root}"


def each_is_healthy(project: Project) -> None:
    for one in project.containers():
        if is_one_shot(one):
            assert one["State"]["ExitCode"] == 0, one["Name"]
        else:
            assert health(one) == "healthy", f"{one['Name']} is {health(one)}"
            assert one["Config"]["Healthcheck"]["Test"][0] in ("CMD", "CMD-SHELL")


def only_nginx_publishes(project: Project) -> None:
    published = {
        service(one): list(one["HostConfig"]["PortBindings"])
        for one in project.containers()
        if one["HostConfig"]["PortBindings"]
    }
    assert published == {"nginx": ["8080/tcp"]}


def volumes_are_where_they_are_needed(project: Project) -> None:
    for one in project.containers():
        files = [mount for mount in one["Mounts"] if mount["Type"] == "bind"]
        assert {file["Destination"] for file in files} == FILES.get(service(one), set())
        assert not [file for file in files if file["RW"]]
        mounts = [mount for mount in one["Mounts"] if mount not in files]
        assert {mount["Type"] for mount in mounts} <= {"volume"}, one["Name"]
        writable = [mount["Name"] for mount in mounts if mount["RW"]]
        assert len(writable) == WRITERS.get(service(one), 0), (
            f"{one['Name']} {writable}"
        )
        for mount in mounts:
            name = mount["Name"].removeprefix(f"{project.name}_")
            assert service(one) in SECRETS.get(name, {service(one)}), one["Name"]


def networks_are_as_drawn(project: Project) -> None:
    for one in project.containers():
        names = set(one["NetworkSettings"]["Networks"]) - {"none"}
        wanted = {f"{project.name}_{name}" for name in REACHES[service(one)]}
        assert names == wanted, f"{one['Name']}: {names}"


def who_is_outside_reaches_no_server(project: Project) -> None:
    """By connections that are tried; from `back` the same ones succeed."""
    for server, port in (("db", 5432), ("redis", 6379)):
        host = address(project, server, "back")
        assert connects(project, "back", host, port), f"{server} is unreachable in back"
        for network in ("front", "outside"):
            assert not connects(project, network, host, port), f"{network}: {server}"


def back_has_no_way_out(project: Project) -> None:
    host = address(project, "nginx", "front")
    assert connects(project, "front", host, 8080)
    for network in ("back", "metrics"):
        assert not connects(project, network, host, 8080), network
    has_route = {
        network: python(project, network, DEFAULT_ROUTE).strip() != "[]"
        for network in ("back", "metrics", "front")
    }
    assert has_route == {"back": False, "metrics": False, "front": True}


def no_secret_is_in_sight(project: Project) -> None:
    """None of those in volumes is in what docker tells of containers and images."""
    secrets = set(stored_secrets(project))
    assert len(secrets) == 4  # two keys, two passwords
    images = {one["Image"] for one in project.containers()}
    tables = [
        project.docker("top", one["Id"], "axo", "pid,args") for one in project.running()
    ]
    told = [
        json.dumps(project.containers()),
        project.docker("image", "inspect", *images),
        *(project.docker("history", "--no-trunc", image) for image in images),
        *tables,
    ]
    for text in told:
        assert not [secret for secret in secrets if secret in text]


def no_setting_is_a_secret(project: Project) -> None:
    """Variables of containers and images name files, where they are about secrets."""
    for one in project.containers():
        for variable in one["Config"]["Env"]:
            name = variable.partition("=")[0]
            is_secret = SECRET_SETTING.search(variable) and name not in ALLOWED_SETTINGS
            assert not is_secret, f"{one['Name']}: {name}"


def the_programs_own_one_database_and_nothing_else(project: Project) -> None:
    """They are no superuser, and nobody signs in as that one over the network."""
    roles = (
        "SELECT rolname, rolsuper, rolpassword IS NOT NULL FROM pg_authid"
        " WHERE rolcanlogin ORDER BY rolname"
    )
    ask = ("psql", "--username=postgres", "--no-align", "--tuples-only", "--command")
    said = project.inside(project.ids("db")[0], *ask, roles)
    assert said.split() == ["postgres|t|f", "tasks|f|t"], said


def a_secret_of_ones_own_is_a_file(project: Project) -> None:
    """And never a variable, which `docker inspect` shows of a container for good."""
    secrets = ("run", "--rm", "--no-deps", "-T", "secrets")
    mail = ("cat", "/secrets/app/email_url")
    web = project.ids("web")[0]
    try:
        project.compose(*secrets, EMAIL_URL="smtp://me:password@nowhere")
    except CommandError as error:
        assert "EMAIL_URL to deploy/secrets/email_url" in str(error), error
    else:
        raise AssertionError("it was accepted")
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        Path(directory, "email_url").write_text("smtp://me:password@elsewhere\n")
        project.compose(*secrets, SECRETS_DIR=directory)
    assert project.inside(web, *mail) == "smtp://me:password@elsewhere"
    project.compose(*secrets)
    assert project.inside(web, *mail) == "consolemail://"


def images_hold_no_private_file(project: Project) -> None:
    for image in ("backend", "nginx", "secrets"):
        name = f"{project.name}-{image}"
        found = project.docker(
            "run", "--rm", "--user=0", "--entrypoint=sh", name, "-c", PRIVATE_FILES
        )
        assert not found.strip(), f"{name}: {found}"


def address(project: Project, name: str, network: str) -> str:
    one = next(one for one in project.containers() if service(one) == name)
    return str(
        one["NetworkSettings"]["Networks"][f"{project.name}_{network}"]["IPAddress"]
    )


def python(project: Project, network: str, program: str) -> str:
    """Run in a container that is in this network alone."""
    return project.docker(
        "run", "--rm", f"--network={project.name}_{network}", "--entrypoint=python",
        f"{project.name}-secrets", "-c", program,
    )  # fmt: skip


def connects(project: Project, network: str, host: str, port: int) -> bool:
    try:
        python(project, network, CONNECT.format(host=host, port=port))
    except CommandError as error:
        assert "Error" in str(error), error
        return False
    return True


def stored_secrets(project: Project) -> list[str]:
    files = {
        "web": "/secrets/app/*",
        "db": "/secrets/db/*",
        "redis": "/secrets/redis/*",
    }
    said = [
        project.inside(
            project.ids(name)[0], "sh", "-c", f"for f in {path}; do cat $f; echo; done"
        )
        for name, path in files.items()
    ]
    return re.findall(r"[\w-]{40,}", " ".join(said))
