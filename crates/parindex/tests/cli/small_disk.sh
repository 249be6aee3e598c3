# A server whose database lies on a small disk of its own. Arguments: the program, and the database to begin with.
# Orders come line by line and are answered by themselves: fill the disk, free it again, keep a copy of the database outside.
program=$1
database=$2
disk=$(mktemp -d) || exit 1
mount -t tmpfs -o size=48m tmpfs "$disk" || exit 1
cp "$database" "$disk/survey.sqlite" || exit 1
mkfifo "$disk/said"
DATABASE_URL="sqlite:$disk/survey.sqlite" PARINDEX_LOG=off "$program" serve --demonstration-sign-in --port 0 --lang en 2>"$disk/said" &
server=$!
head -n 1 "$disk/said"
cat "$disk/said" >/dev/null &
while read -r order; do
    case $order in
    fill) cat /dev/zero >"$disk/filler" 2>/dev/null ;;
    free) rm "$disk/filler" ;;
    keep)
        kill -9 "$server"
        wait "$server" 2>/dev/null
        for file in survey.sqlite survey.sqlite-wal; do
            [ -e "$disk/$file" ] && cp "$disk/$file" "$(dirname "$database")/kept${file#survey}"
        done
        ;;
    esac
    echo "$order"
done
kill -9 "$server" 2>/dev/null
umount -l "$disk"
rmdir "$disk"
