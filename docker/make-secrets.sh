#!/bin/sh
# Makes the secrets that docker-compose.yml reads, each once: what is there stays. Usage: docker/make-secrets.sh [FOLDER]
# The folder is closed to other users of this machine (0700). The files in it are readable (0444), because the users inside
# the containers are others than the one who runs this; through the folder only its owner and Docker reach them.
set -eu
folder=${1:-${SECRETS:-secrets}}
umask 077
mkdir -p "$folder"
chmod 0700 "$folder"

write() { # name: content from standard input, whole or not at all
    cat >"$folder/.$1.new"
    chmod 0444 "$folder/.$1.new"
    mv "$folder/.$1.new" "$folder/$1"
    echo "made $folder/$1" >&2
}

random() { # 40 hexadecimal digits: 160 bits that need no escaping in an address
    od -An -N20 -tx1 /dev/urandom | tr -d ' \n'
}

for name in postgresql_password elastic_password minio_root_password s3_secret_key s3_public_secret_key; do
    [ -e "$folder/$name" ] || random | write "$name"
done
