#!/bin/sh
# `npm test`: installs what is missing, then runs every suite and prints one line of true totals last.
exec sh "$(dirname "$0")/run.sh" tools/test.ts "$@"
