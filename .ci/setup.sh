# Sourced by run, test and bench from the root of the checkout.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
mkdir -p .tools

fail() {
  echo "$*" >&2
  exit 1
}

require_dotnet() {
  command -v dotnet >/dev/null || fail "The .NET 10 SDK is missing: install it, then run this again."
}

# Sets AzureCommunicationEmail to package or declared, by what this machine's registry serves, and says which.
# The answer is kept until the versions change.
choose_mail_client() {
  require_dotnet
  if [ -z "${AzureCommunicationEmail:-}" ]; then
    local wanted found='' answer=.tools/mail-client
    wanted=$(sha256sum Directory.Packages.props | cut -d' ' -f1)
    if [ -f "$answer" ]; then
      found=$(cut -d' ' -f1 "$answer")
    fi
    if [ "$found" != "$wanted" ]; then
      # A later patch than the one asked for (NU1603) is still the package.
      if AzureCommunicationEmail=package dotnet restore .ci/probe/probe.csproj -p:TreatWarningsAsErrors=false >.tools/probe.log 2>&1; then
        echo "$wanted package" >"$answer"
      elif grep -qE 'NU110[123]' .tools/probe.log; then
        echo "$wanted declared" >"$answer"
      else
        cat .tools/probe.log >&2
        fail "The package registry did not answer as expected, so it is not known whether it serves Azure.Communication.Email."
      fi
    fi
    AzureCommunicationEmail=$(cut -d' ' -f2 "$answer")
  fi
  export AzureCommunicationEmail
  case $AzureCommunicationEmail in
    package) echo "Mail client: Azure.Communication.Email." ;;
    declared) echo "Mail client: declared only, since this registry does not serve Azure.Communication.Email;" \
        "everything runs, nothing can be published." ;;
    *) fail "AzureCommunicationEmail is 'package' or 'declared', not '$AzureCommunicationEmail'." ;;
  esac
}

# Installs the Debian packages that lack one of the given commands: command:package ...
need_commands() {
  local missing=() pair sudo=sudo
  for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
  done
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null || fail "Install ${missing[*]}, then run this again."
  if [ "$EUID" -eq 0 ]; then sudo=''; fi
  echo "Installing ${missing[*]}."
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Installs the npm packages of a folder when its lock file has changed since the last time.
need_npm() {
  local folder=$1 mark wanted found=''
  [ -f "$folder/package-lock.json" ] || return 0
  mark=$folder/node_modules/.installed
  wanted=$(sha256sum "$folder/package-lock.json" | cut -d' ' -f1)
  if [ -f "$mark" ]; then
    found=$(<"$mark")
  fi
  if [ "$found" = "$wanted" ]; then return; fi
  echo "Installing the npm packages of $folder."
  (cd "$folder" && npm ci --no-progress --loglevel=error)
  echo "$wanted" >"$mark"
}

need_packages_of_npm() {
  need_npm functions/Emargement.LocalHost
  need_npm functions/Emargement.Web
}

# Restores and builds a project or the solution, with what follows as arguments; says something only when that fails.
build() {
  echo "Building."
  dotnet build "$@" --nologo --tl:off >.tools/build.log 2>&1 && return
  grep -E '(error|warning) [A-Z]+[0-9]+' .tools/build.log | sort -u >&2 || cat .tools/build.log >&2
  fail "$1 does not build; all of it is in .tools/build.log."
}

# What LocalHost runs: without the files for the Functions host, which take a build of their own (extensions.json and the
# extensions' assemblies; the worker's SDK has no public name for it), and not at all when nothing has changed since the last time.
build_local_host() {
  local built=.tools/local-host-$AzureCommunicationEmail changed
  if [ -f "$1" ] && [ -f "$built" ]; then
    changed=$(find functions docs/api host.json global.json Directory.* \( -name bin -o -name obj -o -name node_modules \) -prune \
      -o -newer "$built" -print -quit)
    if [ -z "$changed" ]; then return; fi
  fi
  build functions/Emargement.LocalHost -p:_FunctionsBuildEnabled=false
  rm -f .tools/local-host-*
  touch "$built"
}
