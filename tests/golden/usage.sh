candor biuld
candor frobnicate
candor build now
candor build --stirct
candor build --jobs
candor build --jobs 0
candor build --now tomorrow
candor build --format xml
candor check --strict=yes
candor explain
candor import csv x.csv
candor export csv
candor help biuld
SOURCE_DATE_EPOCH=noon candor check
