#!/bin/sh
# Runs in a probe pod: sends DNS queries to LocalDNS and to the pod's own name server, prints one line of JSON, and ends.
# Needs BusyBox 1.28 or later and no privileges; writes no file. If the image's nc has -u, queries are raw DNS, and the
# response code, the flags and the NSID are seen; otherwise nslookup stands in for UDP.
# Environment, all optional:
#   PROBE_NONCE     repeated in the result
#   PROBE_TIMEOUT   seconds to wait for an answer, 2
#   PROBE_INTERNAL  a name inside the cluster
#   PROBE_EXTERNAL  a name outside the cluster
#   PROBE_HOST      IP address of the node, for its metrics port
#   PROBE_RESOLV    the resolver configuration, /etc/resolv.conf

vnet=169.254.10.10
kube=169.254.10.11
timeout=${PROBE_TIMEOUT:-2}
internal=${PROBE_INTERNAL:-kubernetes.default.svc.cluster.local}
external=${PROBE_EXTERNAL:-mcr.microsoft.com}
health="health-check.localdns.local"
guarded=a.b.c.d.internal.cloudapp.net

# Hundredths of a second since boot; date of these images has no %N.
now() {
	read -r up _ </proc/uptime
	echo "${up%%.*}${up##*.}"
}

# Keeps what needs no escape in JSON.
plain() { printf '%s' "$1" | tr -cd 'A-Za-z0-9 ._:/-'; }

if nc --help 2>&1 | grep -q -e '-u'; then raw=true; else raw=false; fi
if $raw; then
	tcp_client() { nc -w "$timeout" "$1" 53; }
elif timeout -t 1 true 2>/dev/null; then
	# BusyBox before 1.30
	tcp_client() { timeout -t "$timeout" nc "$1" 53; }
else
	tcp_client() { timeout "$timeout" nc "$1" 53; }
fi

# A query as a format for printf: id 0x4144, recursion desired, one question, and EDNS with an empty NSID.
query() { # NAME TYPE
	printf '\\101\\104\\001\\000\\000\\001\\000\\000\\000\\000\\000\\001'
	rest=$1.
	while [ -n "$rest" ]; do
		label=${rest%%.*}
		rest=${rest#*.}
		printf '\\%03o%s' "${#label}" "$label"
	done
	printf '\\000\\000\\%03o\\000\\001' "$2"
	printf '\\000\\000\\051\\004\\320\\000\\000\\000\\000\\000\\004\\000\\003\\000\\000'
}

hex() { od -An -v -tx1 | tr -d ' \n'; }

number() { echo $((0x$(printf '%s' "$1" | cut -c"$2"))); }

# One result of a raw query, from the answer in hex.
answered() { # CHECK SERVER PROTO START HEX
	ms=$((($(now) - $4) * 10))
	answer=$5 answers=0 authorities=0 aa=0 nsid=''
	case $answer in
	'')
		# A refusal is immediate; without an answer the whole timeout passes.
		if [ "$ms" -lt $((timeout * 1000 - 50)) ]; then result=closed; else result=timeout; fi
		;;
	4144????????????????????*)
		case $(printf '%s' "$answer" | cut -c8) in
		0) result=noerror ;; 2) result=servfail ;; 3) result=nxdomain ;; 5) result=refused ;; *) result=garbled ;;
		esac
		case $answer in ?????[4567cdef]*) aa=1 ;; esac
		answers=$(number "$answer" 13-16)
		authorities=$(number "$answer" 17-20)
		case $answer in
		*0003000c6c6f63616c646e732d706f64*) nsid=localdns-pod ;;
		*000300086c6f63616c646e73*) nsid=localdns ;;
		*0003000[1-9a-f]*) nsid=other ;;
		esac
		;;
	# What nc and timeout say on their standard error: refused, timed out, Terminated, unreachable.
	*72656675736564*) result=closed ;;
	*74696d6564206f7574* | *5465726d696e61746564*) result=timeout ;;
	*756e726561636861626c65*) result=unreachable ;;
	*) result=garbled ;;
	esac
	printf '{"check":"%s","server":"%s","proto":"%s","tool":"nc","result":"%s","answers":%d,"authorities":%d,"aa":%d,"nsid":"%s","ms":%d}\n' \
		"$1" "$(plain "$2")" "$3" "$result" "$answers" "$authorities" "$aa" "$nsid" "$ms"
}

udp() { # CHECK SERVER NAME
	start=$(now)
	# shellcheck disable=SC2059
	printf "$(query "$3" 1)" | nc -u -w "$timeout" "$2" 53 2>&1 | {
		# The first datagram is the answer; nc waits on.
		answer=$(dd bs=4096 count=1 2>/dev/null | hex)
		answered "$1" "$2" udp "$start" "$answer"
	}
}

tcp() { # CHECK SERVER NAME
	start=$(now)
	# Header, name, type and class, EDNS
	length=$((12 + ${#3} + 2 + 4 + 15))
	# shellcheck disable=SC2059
	printf "\\000\\$(printf %03o "$length")$(query "$3" 1)" | tcp_client "$2" 2>&1 | {
		answer=$(dd bs=4096 count=1 2>/dev/null | hex)
		case $answer in ????4144*) answer=${answer#????} ;; esac
		answered "$1" "$2" tcp "$start" "$answer"
	}
}

# What nslookup says; without a server, the resolver configuration decides.
lookup() { # CHECK NAME [SERVER]
	start=$(now)
	said=$(nslookup "$2" ${3:+"$3"} 2>&1)
	status=$?
	ms=$((($(now) - start) * 10))
	server=$(printf '%s\n' "$said" | sed -n 's/^Server:[[:space:]]*//p' | head -n 1)
	case $said in
	*NXDOMAIN*) result=nxdomain ;;
	*SERVFAIL*) result=servfail ;;
	*REFUSED*) result=refused ;;
	*"No answer"*) result=nodata ;;
	*"timed out"* | *"no servers"* | *"no response"*) result=timeout ;;
	*"onnection refused"*) result=closed ;;
	*"can't resolve"*) result=unknown ;;
	*) if [ "$status" = 0 ]; then result=noerror; else result=unknown; fi ;;
	esac
	printf '{"check":"%s","server":"%s","proto":"udp","tool":"nslookup","result":"%s","ms":%d}\n' \
		"$1" "$(plain "${3:-$server}")" "$result" "$ms"
}

http() { # CHECK SERVER URL
	start=$(now)
	said=$(wget -q -T "$timeout" -O - "$3" 2>&1 | dd bs=200 count=1 2>/dev/null)
	case $said in
	OK* | '# HELP'*) result=ok ;;
	*refused*) result=closed ;;
	*"timed out"*) result=timeout ;;
	*50[0-9]*) result=not-ready ;;
	*) result=unknown ;;
	esac
	printf '{"check":"%s","server":"%s","proto":"http","tool":"wget","result":"%s","ms":%d}\n' \
		"$1" "$(plain "$2")" "$result" "$((($(now) - start) * 10))"
}

servers='' search='' ndots=1
while read -r key value || [ -n "$key" ]; do
	case $key in
	nameserver) servers="$servers ${value%% *}" ;;
	search) search=$value ;;
	options) case $value in *ndots:*) ndots=${value#*ndots:} && ndots=${ndots%%[!0-9]*} ;; esac ;;
	esac
done <"${PROBE_RESOLV:-/etc/resolv.conf}"
first=${servers# }
first=${first%% *}

begun=$(now)
results=$({
	for server in "$vnet" "$kube"; do
		if $raw; then
			udp health "$server" "$health" &
			udp internal "$server" "$internal" &
			udp external "$server" "$external" &
			udp guard "$server" "$guarded" &
		else
			lookup health "$health." "$server" &
		fi
		tcp health "$server" "$health" &
		tcp external "$server" "$external" &
		http ready "$server" "http://$server:8181/ready" &
	done
	if $raw && [ -n "$first" ] && [ "$first" != "$vnet" ] && [ "$first" != "$kube" ]; then
		udp internal "$first" "$internal" &
		udp external "$first" "$external" &
	fi
	lookup pod-internal "$internal." &
	lookup pod-external "$external." &
	if [ -n "${PROBE_HOST:-}" ]; then http metrics "$PROBE_HOST" "http://$PROBE_HOST:9253/metrics" & fi
	wait
})

list() {
	items=''
	for word in $1; do items="$items,\"$(plain "$word")\""; done
	printf '%s' "${items#,}"
}

printf '{"probe":1,"nonce":"%s","nameservers":[%s],"search":[%s],"ndots":%d,"ncUdp":%s,"ms":%d,"results":[%s]}\n' \
	"$(plain "${PROBE_NONCE:-}")" "$(list "$servers")" "$(list "$search")" "${ndots:-1}" "$raw" \
	"$((($(now) - begun) * 10))" "$(printf '%s\n' "$results" | tr '\n' ',' | sed 's/,$//')"
