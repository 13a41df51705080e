#!/bin/sh
# Keeps routes.conf, beside this file, as the nodes have it: asks once a second, and where something
# has changed, checks it by nginx -t, puts it in place in one step and has nginx reload. While no node
# answers, or nginx refuses what they say, the last good one stays. Needs curl and nginx.
#
#   STAMPEDE_NODES   addresses to begin with, http://HOST:PORT, with blanks between; those in
#                    routes.conf are asked as well
#   STAMPEDE_EVERY   seconds between two questions (1)
#   NGINX            the program (nginx)
#
# --once: ends when there is a routes.conf that is up to date, and reloads nothing.
set -u

# The folder as written, and nodes without a proxy, whatever the environment says.
CDPATH= cd -- "$(dirname -- "$0")" || exit 3
NODES=${STAMPEDE_NODES:?"set STAMPEDE_NODES to the addresses of some nodes"}
EVERY=${STAMPEDE_EVERY:-1}
NGINX=${NGINX:-nginx}
readonly NODES EVERY NGINX MOST=2000000 # bytes; no table has more

tag=
last= # who answered last is asked first
said=

say() {
  [ "$1" = "$said" ] || printf 'poll.sh: %s\n' "$1" >&2
  said=$1
}

known() {
  # shellcheck disable=SC2086 # a list
  printf '%s\n' $last $NODES
  sed -n 's|^ *server \([^ ;]*\).*|http://\1|p' routes.conf 2> /dev/null
}

# The status of the first that answers: 200 (then routes.new has the table) or 304.
ask() {
  for node in $(known | awk '!seen[$0]++'); do
    status=$(curl --silent --noproxy '*' --connect-timeout 1 --max-time 3 --max-filesize $MOST \
      --header "If-None-Match: ${tag:-\"\"}" --dump-header routes.head --output routes.new \
      --write-out '%{http_code}' "$node/api/routes/nginx") || continue
    case $status in
      200 | 304)
        last=$node
        return 0
        ;;
    esac
  done
  return 1
}

# The whole configuration, with the new table in place of the old one.
check() {
  sed 's|include routes\.conf;|include routes.new;|' nginx.conf > nginx.check &&
    "$NGINX" -e stderr -p "$PWD" -c "$PWD/nginx.check" -t -q 2> routes.why
}

take() {
  if ! check; then
    say "the new table is not used, because nginx says: $(sed -n 's/.*\[emerg\] [0-9#]*: //p' routes.why)"
    return 1
  fi
  tag=$(sed -n 's/^[Ee][Tt][Aa][Gg]: *\("[0-9a-f]*"\).*/\1/p' routes.head)
  mv routes.new routes.conf
  say "$(head -n 1 routes.conf | cut -c 3-)"
  if [ "$once" = no ] && ! "$NGINX" -e stderr -p "$PWD" -c "$PWD/nginx.conf" -s reload; then
    say "nginx does not run: it takes the new table when it starts"
  fi
}

once=no
[ "${1:-}" != --once ] || once=yes
while :; do
  if ! ask; then
    say "no node has a table: the last one stays"
  elif [ "$status" = 304 ] || take; then
    [ "$once" = no ] || exit 0
  fi
  sleep "$EVERY"
done
