# Who asks for copies of images has a folder for them.
site
echo 'images: local' >> candor.yaml
run check
