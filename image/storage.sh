# Sourced by the scripts beside it: where buildah keeps images, and how it runs a build's commands.
# vfs and chroot are the plainest of each: slower than overlay and runc, but they need nothing of
# the kernel and no runtime, so they work inside a container too.
IMAGE_DIR=$(realpath -m "${IMAGE_DIR:-.image}")
IMAGE=${IMAGE:-localhost/onrecord:latest}
export BUILDAH_ISOLATION=chroot

buildah() {
    command buildah --root "$IMAGE_DIR/storage" --runroot "$IMAGE_DIR/run" --storage-driver vfs "$@"
}
