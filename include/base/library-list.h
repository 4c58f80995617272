/*
 * Every library that isn't the system's: LIBRARY(name, "what people call it"), sorted.
 * The row stands for a function library_NAME() in the one file that includes its header.
 */
LIBRARY(cmark, "cmark")
LIBRARY(gmime, "GMime")
LIBRARY(jansson, "Jansson")
LIBRARY(microhttpd, "libmicrohttpd")
LIBRARY(xml, "libxml2")
LIBRARY(yaml, "libyaml")
LIBRARY(nettle, "nettle")
LIBRARY(pcre, "PCRE2")
LIBRARY(sqlite, "SQLite")
LIBRARY(zlib, "zlib")
LIBRARY(zstd, "zstd")
