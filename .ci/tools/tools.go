//go:build tools

// Package tools names the programs that .ci/run installs, so that go.mod holds their versions and
// Dependabot sees them. Imports, because Dependabot passes over `tool` directives.
package tools

import (
	_ "github.com/nektos/act"
	_ "github.com/rhysd/actionlint/cmd/actionlint"
)
