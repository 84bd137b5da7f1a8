"""What `make` asks about this machine: which stand-ins it needs, and whether it has a browser,
nginx, and the library of file systems of our own."""

import sys

from tests.services import chromium, fuse, nginx, node, postgres, redis


def main(question: str) -> int:
    """Answer on standard output, one word a line; `npm` installs what isn't there yet."""
    if question == "locks":
        services = {"postgres": postgres.find, "redis": redis.find, "node": node.find}
        answers = [f"tests/services/{name}.lock" for name, find in services.items() if not find()]
    elif question == "browser":
        answers = [
            package for needed in (chromium, nginx, fuse) for package in needed.missing_packages()
        ]
    elif question == "npm":
        answers = []
        if not node.installed():
            node.install_packages()
    else:
        sys.stderr.write("python -m tests.services locks|browser|npm\n")
        return 2
    sys.stdout.writelines(f"{answer}\n" for answer in answers)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
