# A table of labels with every mistake; nothing of it is written.
site
cat > labels.csv <<'END'
venue,thread,label,post,quote,by,at,note
forum,22,private,,,eve,2026-02-01,
forum,2,wrong,1,The lid sticks.,eve,2026-02-01,
forum,2,wrong,2,that was your mistake,eve,2026-02-01,
forum,3,wrong,2,,eve,2026-02-01,
forum,3,solved,9,,eve,2026-02-01,
forum,3,embargo,,,eve,2026-02-01,press day
forum,4,private,,,eve,yesterday,
forum,4,Very Private,,,eve,2026-02-01,
,4,private,,,eve,2026-02-01,
forum,4,private,,,eve,2026-02-01
forum,4,no-embargo,,,eve,2026-02-01,
forum,4,private,,,eve,2026-02-01,this one is good
END
run label --from labels.csv
printf 'venue,thread,lable,quote,quote\n' > labels.csv
run label --from labels.csv
run label --from gone.csv
run label --export
