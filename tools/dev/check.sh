# ./dev check: everything that can be said about the tree without running it.
set -uo pipefail
source tools/dev/lib.sh

usage="usage: ./dev check [NAME…]

Format, lint, include rooms, CMake files, proto lint, format and breaking
changes since the last release, templates, shell scripts, and what must not stand in the tree. Runs
all of them, or those named, and lists the ones that failed. Names:
format rooms cmake proto_lint proto_format proto_breaking templates shell places
exact_arithmetic commits lint

Only if named, because it builds scoring three more times:
reproducible   the same score cards from g++ and clang, -O0 and -O2, one and
               eight threads, and under several locales"

only_if_named=(reproducible)
checks=(format rooms cmake proto_lint proto_format proto_breaking templates shell places exact_arithmetic commits lint)
chosen=()
for word in "$@"; do
  case " ${checks[*]} ${only_if_named[*]} " in
    *" $word "*) chosen+=("$word") ;;
    *)
      [[ "$word" == -h || "$word" == --help ]] || bad_usage "$word" "$usage"
      say "$usage"
      exit 0
      ;;
  esac
done
((${#chosen[@]})) || chosen=("${checks[@]}")

# A function: at the first run npm has yet to bring it.
buf() { node_modules/@bufbuild/buf-linux-*/bin/buf "$@"; }

# Files git knows, or would take: so that a check sees a file before its commit.
sources() { git ls-files --cached --others --exclude-standard --deduplicate -- "$@" | while read -r f; do [[ -f "$f" ]] && printf '%s\n' "$f"; done; }

check_format() { sources '*.cc' '*.h' | xargs clang-format-14 --dry-run -Werror; }

check_rooms() { tools/check_rooms --self-test && tools/check_rooms; }
check_cmake() { tools/check_cmake --self-test && tools/check_cmake; }

# Of a build of its own, where each source is compiled alone. The precompiled
# headers are left out: clang cannot read g++'s, and without them a file that
# forgets an include is found. So are options that clang 14 does not know.
check_lint() {
  local database=build/tidy/database
  mkdir -p "$database"
  sed -E 's/ -Winvalid-pch//; s/ -include [^ ]*cmake_pch\.hxx//; s/ -ftrivial-auto-var-init=zero//' \
    build/tidy/compile_commands.json >"$database/compile_commands.json"
  sources 'services/*.cc' 'tools/*.cc' | grep -vE '_test\.cc$|/testing/' |
    xargs -P "$(nproc)" -n 4 clang-tidy-14 -p "$database" --quiet 2> >(grep -v 'warnings generated\.$' >&2)
}

check_proto_lint() { buf lint; }
check_proto_format() { buf format -d --exit-code --exclude-path proto/google; }

# Against the last release, which proto/RELEASE names by its commit.
check_proto_breaking() {
  local number commit
  read -r number commit < <(grep -v '^#' proto/RELEASE)
  git cat-file -e "$commit:proto" 2>/dev/null || {
    say "release $number ($commit, proto/RELEASE) is not in this history: fetch it whole"
    return 1
  }
  buf breaking --against "$(git rev-parse --git-common-dir)#ref=$commit"
}

# Of the commits since the rule holds: a subject of at most 72 characters, and from
# 100 changed lines of code on a body that says why. Moves and data do not count.
readonly COMMITS_SINCE=b30179a8ebd2d6958fcf9a5930315626c504c790
check_commits() {
  local bad=0 commit subject lines
  git cat-file -e "$COMMITS_SINCE" 2>/dev/null || {
    say "commit $COMMITS_SINCE is not in this history: fetch it whole"
    return 1
  }
  while read -r commit; do
    subject="$(git log -1 --format=%s "$commit")"
    if ((${#subject} > 72)); then
      say "$commit: the subject has ${#subject} characters: $subject"
      bad=1
    fi
    [[ -z "$(git log -1 --format=%b "$commit")" ]] || continue
    lines="$(git show -M --format= --numstat "$commit" -- '*.cc' '*.h' '*.py' '*.sh' '*.proto' | awk '{n += $1 + $2} END {print n + 0}')"
    if ((lines >= 100)); then
      say "$commit: $lines lines of code change, and no body says why: $subject"
      bad=1
    fi
  done < <(git log --no-merges --format=%h "$COMMITS_SINCE..HEAD")
  return "$bad"
}

# Without the pragma ctemplate escapes nothing.
check_templates() {
  local bad=0 template
  while read -r template; do
    head -n 1 "$template" | grep -q 'AUTOESCAPE context="[A-Z]*"' && continue
    say "$template: the first line has no {{%AUTOESCAPE …}} pragma"
    bad=1
  done < <(sources '*.tpl')
  return "$bad"
}

check_shell() {
  local bad=0 script
  while read -r script; do bash -n "$script" || bad=1; done < <(sources dev .ci/run 'tools/dev/*.sh' 'deploy/*.sh' 'tests/*.sh')
  return "$bad"
}

# Registry hosts and paths of somebody's machine. Brackets keep this line out.
check_places() {
  ! sources . | xargs grep -nIE '(^|[^[:alnum:]_])/w[o]rk/|/h[o]me/[a-z]|/tmp/br[i]ef|registry\.npm[j]s|(deb|security)\.deb[i]an\.org|pypi\.or[g]|ghcr\.i[o]|proxy\.gola[n]g' --
}

check_exact_arithmetic() {
  ! sources 'services/*/core/*.h' 'services/*/core/*.cc' 'services/common/domain/*' | grep -v '_test\.cc$' |
    xargs grep -nE '\b(double|float)\b' | grep -vE '//.*\b(double|float)\b|"[^"]*\b(double|float)\b[^"]*"'
}

# card_digests PRESET [THREADS]: SHA-256 of every card that this build makes.
card_digests() { JIXIAO_SOURCE_DIR="$ROOT" "build/$1/bin/card-digests" "${2:-1}"; }

# same_cards WHAT DIGESTS…: compares with those of the release build.
same_cards() {
  if [[ "$2" == "$expected_cards" ]]; then
    say "same cards: $1"
  else
    say "OTHER CARDS: $1"
    diff <(printf '%s\n' "$expected_cards") <(printf '%s\n' "$2") | head -n 5
    return 1
  fi
}

check_reproducible() {
  local preset locale bad=0 expected_cards cards
  for preset in release plain clang; do
    [[ -f "build/$preset/build.ninja" ]] || run_quietly "configure-$preset" cmake --preset "$preset" || return 1
    run_quietly "build-$preset" ninja -C "build/$preset" card-digests || return 1
  done
  expected_cards="$(card_digests release)" || return 1
  for preset in plain clang; do same_cards "$preset build" "$(card_digests "$preset")" || bad=1; done
  same_cards 'eight threads' "$(card_digests release 8)" || bad=1
  mkdir -p var/locales
  for locale in de_DE zh_CN tr_TR ar_SA; do
    [[ -d "var/locales/$locale.UTF-8" ]] || localedef -i "$locale" -f UTF-8 "var/locales/$locale.UTF-8" 2>/dev/null || true
    if cards="$(LOCPATH="$ROOT/var/locales" LC_ALL="$locale.UTF-8" card_digests release 2>/dev/null)"; then
      same_cards "locale $locale" "$cards" || bad=1
    else
      say "not checked: locale $locale cannot be made here (package locales)"
    fi
  done
  say "$(grep -c . <<<"$expected_cards") cards, SHA-256 of the list $(sha256sum <<<"$expected_cards" | cut -c1-16)"
  return "$bad"
}

install_packages check
install_node_modules
# The lint needs generated headers; building everything would be waste.
[[ " ${chosen[*]} " != *" lint "* ]] || build tidy proto/all

failed=()
for check in "${chosen[@]}"; do
  started=$SECONDS
  if output="$("check_$check" 2>&1)"; then
    say "ok      $check ($((SECONDS - started)) s)"
    [[ "$check" != reproducible ]] || printf '%s\n' "$output" | sed 's/^/        /'
  else
    say "FAILED  $check ($((SECONDS - started)) s)"
    printf '%s\n' "$output" | sed 's/^/        /'
    failed+=("$check")
  fi
done
((${#failed[@]} == 0)) || die "failed: ${failed[*]}"
say "Passed: ${chosen[*]}"
