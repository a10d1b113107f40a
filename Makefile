# Everything a developer does here; `make` alone lists it.

SHELL := /bin/bash
GO    ?= go
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
LDFLAGS := -s -w -X main.version=$(VERSION)

# One server for all packages of a run; it ends with the run.
WITH_POSTGRES := $(GO) run ./internal/pgtest/pgserver
FUZZTIME ?= 10s
TIMES ?= 10
ARGS ?=

# One package, or some tests, while you work: make test PKG=./internal/closure/... RUN=TestName RACE=1
PKG  ?=
RUN  ?=
RACE ?=

export CGO_ENABLED := 0

.DEFAULT_GOAL := help
.PHONY: help build run dev demo go-there test test-short again test-needs lint fmt generate pictures check measure bench fuzz-smoke licences mutants clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

go-there:
	@bash scripts/go-there.sh '$(GO)'

build: go-there ## build ./bin/signoff
	$(GO) build -trimpath -buildvcs=false -ldflags '$(LDFLAGS)' -o bin/signoff ./cmd/signoff || bash scripts/go-there.sh '$(GO)' after-a-failure

run: build ## start Signoff with a demo company on 127.0.0.1:8080
	./bin/signoff demo serve $(ARGS)

dev: go-there ## the same, built and started anew whenever a file is saved
	@bash scripts/dev.sh $(ARGS)

demo: build ## close two accounts in the terminal, from request to verified certificate
	./bin/signoff demo walk $(ARGS)

test-needs: go-there ## install what the tests need (Debian: apt-get; Mailpit by Go)
	@bash scripts/test-needs.sh

# Tests of one package start what they need by themselves, and say when it is missing.
ifneq ($(PKG)$(RUN),)
test: go-there
	@$(if $(RACE),bash scripts/test-needs.sh compiler)
	CGO_ENABLED=$(if $(RACE),1,0) $(GO) test $(if $(RACE),-race) $(if $(RUN),-run '$(RUN)') -timeout 60m $(or $(PKG),./...) $(ARGS)
else
test: test-needs ## run every test with the race detector; PKG=./internal/room/... RUN=TestName only those, quickly
	CGO_ENABLED=1 $(WITH_POSTGRES) $(GO) test -race -timeout 60m ./... $(ARGS)
endif

test-short: test-needs ## run the tests without the race detector, long ones left out
	$(WITH_POSTGRES) $(GO) test -short -timeout 5m ./... $(ARGS)

again: test-needs ## run every test TIMES (10) in a row, each time in another order
	@bash scripts/again.sh $(TIMES)

lint: go-there ## run the pinned golangci-lint; PKG=./internal/room/... only there
	@bash scripts/golangci-lint.sh run $(PKG) $(ARGS)

fmt: ## format the code as lint wants it
	@bash scripts/golangci-lint.sh fmt

pictures: test-needs ## take the pictures of the help centre and the README anew from the real pages
	UPDATE_PICTURES=1 $(GO) test ./internal/web/walks -count=1 -run TestThePictures

generate: ## make the committed generated files again
	$(GO) generate ./...

check: ## run all that a change must pass
	@bash .ci/run

measure: ## print the figures of the structure: lengths, interfaces, imports, exported names
	@$(GO) run ./internal/measure

bench: test-needs ## measure against a floor in the same run
	$(GO) run ./internal/bench $(ARGS)

fuzz-smoke: ## run every fuzz test for FUZZTIME (10s)
	@bash scripts/fuzz-smoke.sh $(FUZZTIME)

licences: ## list the licences of everything linked in, and fail on one not allowed
	$(GO) run ./internal/licences

mutants: ## change the code in small places and count what the tests notice (two hours; ARGS="-rooms closure" for less)
	nice $(GO) run ./internal/mutants -short $(ARGS)

clean: ## remove what was built
	rm -rf bin dist
