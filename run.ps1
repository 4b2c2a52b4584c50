# .\run.ps1 demo   sets everything up and converts the corpus into outputs\tracker.xlsx
# .\run.ps1 test   sets everything up and runs the tests
# Needs Python 3.11 or newer, nothing else. $env:PYTHON chooses one.
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

function Find-Python {
    $candidates = @()
    if ($env:PYTHON) { $candidates += , @($env:PYTHON) }
    $candidates += , @('py', '-3'), @('python'), @('python3')
    foreach ($candidate in $candidates) {
        $program, $rest = $candidate
        if (-not (Get-Command $program -ErrorAction SilentlyContinue)) { continue }
        & $program @rest -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>$null
        if ($LASTEXITCODE -eq 0) { return , $candidate }
    }
    Write-Error 'Cần Python 3.11 trở lên (python.org). / Python 3.11 or newer is needed.'
}

function Invoke-Checked($program) {
    & $program @args
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

$python = Join-Path (Join-Path '.venv' 'Scripts') 'python.exe'

# Installs what a lock file names, once for each content of the lock and of pyproject.toml.
function Install-Lock($lock) {
    if (-not (Test-Path $python)) {
        $program, $rest = Find-Python
        Invoke-Checked $program @rest -m venv .venv
    }
    $hashes = Get-FileHash $lock, pyproject.toml -Algorithm SHA256 | ForEach-Object { $_.Hash }
    $stamp = $hashes -join ' '
    $stampFile = Join-Path '.venv' "$lock.stamp"
    if ((Test-Path $stampFile) -and ((Get-Content $stampFile) -eq $stamp)) { return }
    Write-Host 'Đang cài đặt … / Setting up …'
    Invoke-Checked $python -m pip install --quiet --disable-pip-version-check --require-hashes -r $lock
    Invoke-Checked $python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
    Set-Content $stampFile $stamp
}

$command, $rest = $args
switch ($command) {
    'demo' {
        Install-Lock 'requirements.lock'
        Invoke-Checked $python -m pipeline convert corpus/docs -o outputs/tracker.xlsx
    }
    'test' {
        Install-Lock 'requirements-dev.lock'
        Invoke-Checked $python -m pytest @rest
    }
    default {
        Write-Host '.\run.ps1 demo | test'
        exit 2
    }
}
