#ifndef BUILTIN_IMPL_H
#define BUILTIN_IMPL_H

#include "render/builtin.h"

extern const struct builtin builtin_en, builtin_de, builtin_nl;

/* What the templates of all languages have in common: markup around words. */

#define DAY(key) \
	"<time datetime=\"{{" key ".date}}\">{{" key ".text}}</time>"
#define LINK(to, words) "<a href=\"{{root}}" to "\">" words "</a>"

/* What a thread is called, in its own language. */
#define TITLE "<bdi{{#lang}} lang=\"{{lang}}\"{{/lang}}>{{title}}</bdi>"

/* How every list of candidates shows one of them. */
#define CANDIDATE(wrong, in_full) \
	"<ul>\n" \
	"{{#threads}}\n" \
	"<li>{{#url}}<a href=\"{{url}}\">" TITLE "</a>{{/url}}{{^url}}" TITLE "{{/url}}\n" \
	"<span class=\"candor-meta\"><bdi>{{venue}}</bdi>, " DAY("activity") \
	"{{#wrong}}, " wrong "{{/wrong}}{{#rule}}, {{rule}}{{/rule}}" \
	"{{#path}}, " LINK("{{path}}", in_full) "{{/path}}</span></li>\n" \
	"{{/threads}}\n" \
	"</ul>\n"

#define SCENARIOS(empty, counts) \
	"<ul class=\"cards\">\n" \
	"{{#scenarios}}\n" \
	"<li>" LINK("{{path}}", "<bdi>{{title}}</bdi>") "\n" \
	"<span>{{#empty}}" empty "{{/empty}}{{^empty}}" counts "{{/empty}}</span>{{#about}}\n" \
	"<p><bdi>{{about}}</bdi></p>{{/about}}</li>\n" \
	"{{/scenarios}}\n" \
	"</ul>\n"

#define ADMISSIONS(on_no_page, unconfirmed) \
	"<ul class=\"candor-admissions\">\n" \
	"{{#threads}}\n" \
	"<li>\n" \
	"{{#admission}}\n" \
	"<blockquote class=\"candor-admission\">" \
	"{{#quote}}<p><bdi{{#lang}} lang=\"{{lang}}\"{{/lang}}>{{quote}}</bdi></p>{{/quote}}\n" \
	"<footer>{{#author.path}}" LINK("{{author.path}}", "<bdi>{{author.name}}</bdi>") \
	"{{/author.path}}{{^author.path}}<bdi>{{author.name}}</bdi>{{/author.path}}" \
	"{{#author.title}}, {{author.title}}{{/author.title}}, " DAY("created") \
	"{{^confirmed}} (" unconfirmed "){{/confirmed}}" \
	"</footer></blockquote>\n" \
	"{{/admission}}\n" \
	"<p>" LINK("{{path}}{{#admission}}#{{anchor}}{{/admission}}", \
		   TITLE) "\n" \
	"<span class=\"candor-meta\">" \
	"{{#url}}<a href=\"{{url}}\"><bdi>{{venue.name}}</bdi></a>{{/url}}" \
	"{{^url}}<bdi>{{venue.name}}</bdi>{{/url}}{{#products}}, " \
	"{{#path}}" LINK("{{path}}", "<bdi>{{name}}</bdi>") "{{/path}}" \
	"{{^path}}<bdi>{{name}}</bdi>{{/path}}{{/products}}" \
	"{{^shown}}, " on_no_page "{{/shown}}</span></p>\n" \
	"</li>\n" \
	"{{/threads}}\n" \
	"</ul>\n"

#define PAGES(label, newer, older) \
	"{{#several}}\n" \
	"<nav class=\"candor-pages\" aria-label=\"" label "\">\n" \
	"{{#newer_path}}<a href=\"{{root}}{{newer_path}}\" rel=\"prev\">" newer \
	"</a>{{/newer_path}}\n" \
	"{{#older_path}}<a href=\"{{root}}{{older_path}}\" rel=\"next\">" older \
	"</a>{{/older_path}}\n" \
	"</nav>\n" \
	"{{/several}}\n"

#define CONTRIBUTORS \
	"<ul class=\"cards\">\n" \
	"{{#contributors}}\n" \
	"<li>" LINK("{{path}}", "<bdi>{{name}}</bdi>") "\n" \
	"<span>{{title}}</span>{{#about}}\n" \
	"<p>{{about}}</p>{{/about}}</li>\n" \
	"{{/contributors}}\n" \
	"</ul>\n"

#define TOPIC_THREADS(wrong) \
	"<ul class=\"threads\">\n" \
	"{{#threads}}\n" \
	"<li>{{#wrong}}<span class=\"candor-badge\">" wrong "</span> {{/wrong}}" \
	LINK("{{product.path}}#{{anchor}}", TITLE) "\n" \
	"<span class=\"candor-meta\"><bdi>{{venue.name}}</bdi>, " DAY("activity") \
	"</span></li>\n" \
	"{{/threads}}\n" \
	"</ul>\n"

/* The box is Pagefind's own, which is there once its index is. */
#define SEARCH(intro, missing, no_script) \
	intro "\n\n<div id=\"search\"></div>\n\n" \
	"<p id=\"search-missing\" hidden>" missing "</p>\n\n" \
	"<noscript>\n\n" no_script "\n\n</noscript>\n\n" \
	"<link rel=\"stylesheet\" href=\"{{root}}pagefind/pagefind-ui.css\">\n" \
	"<script src=\"{{root}}pagefind/pagefind-ui.js\" defer></script>\n" \
	"<script src=\"{{root}}search/search.js\" defer></script>\n"

#define RULES \
	"{{#rules}}\n" \
	"## {{section}}\n" \
	"\n" \
	"{{#sentences}}\n" \
	"- {{.}}\n" \
	"{{/sentences}}\n" \
	"{{/rules}}\n"

#endif
