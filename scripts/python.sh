#!/bin/sh
# Runs the first Python found that is new enough, from the folder of the project.
cd "$(dirname "$0")/.." || exit 1
for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$name" "$@"
    fi
done
echo "Python 3.11 or newer is needed and was not found: install python3 and python3-venv (Debian, Ubuntu: apt-get install python3 python3-venv)" >&2
exit 1
