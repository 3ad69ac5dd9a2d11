// Package main is a CoreDNS with only the plugins that the LocalDNS Corefile uses: the judge of our rendering and of our
// account of name resolution. Source: coredns/coredns coredns.go, and plugin.cfg for the order.
package main

import (
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"
	_ "github.com/coredns/coredns/plugin/bind"
	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/forward"
	_ "github.com/coredns/coredns/plugin/hosts"
	_ "github.com/coredns/coredns/plugin/loadbalance"
	_ "github.com/coredns/coredns/plugin/log"
	_ "github.com/coredns/coredns/plugin/loop"
	_ "github.com/coredns/coredns/plugin/metrics"
	_ "github.com/coredns/coredns/plugin/nsid"
	_ "github.com/coredns/coredns/plugin/ready"
	_ "github.com/coredns/coredns/plugin/reload"
	_ "github.com/coredns/coredns/plugin/template"
	_ "github.com/coredns/coredns/plugin/whoami"
)

// A plugin's place in the chain is its place in this list, whatever its place in the file.
func init() {
	dnsserver.Directives = []string{
		"reload", "nsid", "bind", "ready", "prometheus", "errors", "log", "loadbalance", "cache", "template", "hosts",
		"loop", "forward", "whoami",
	}
}

func main() {
	coremain.Run()
}
