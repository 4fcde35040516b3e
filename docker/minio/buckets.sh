#!/bin/sh
# Makes the buckets and the two users of the platform in MinIO; what is there stays, rights and keys are set again.
set -eu
MC_HOST_woo="http://woo-beheer:$(cat /run/secrets/minio_root_password)@minio:9000"
export MC_HOST_woo

for bucket in woo-archief woo-publiek woo-postvak; do
    mc mb --ignore-existing "woo/$bucket"
    mc anonymous set none "woo/$bucket"
done

add_user() { # name, secret file, policy
    mc admin policy create woo "$3" "/etc/woo/$3.json"
    mc admin user add woo "$1" "$(cat "/run/secrets/$2")"
    attached=$(mc admin policy entities woo --user "$1")
    case $attached in
        *"$3"*) ;;
        *) mc admin policy attach woo "$3" --user "$1" ;;
    esac
}

add_user "$S3_ACCESS_KEY" s3_secret_key woo-intern
add_user "$S3_PUBLIC_ACCESS_KEY" s3_public_secret_key woo-publiek
