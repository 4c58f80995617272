/*
 * A shop's products: Google Merchant's feed, sitemaps and tables; slugs that stay, and
 * what is said where two would be one.
 */
#include "import-try.h"

#define MERCHANT(items) \
	"<rss xmlns:g='http://base.google.com/ns/1.0'><channel><title>Shop</title>\n" items \
	"</channel></rss>"
#define ITEM(id, title, rest) \
	"<item><g:id>" id "</g:id><title>" title "</title>" \
	"<link>https://acme.example/p/1?a=1&amp;b</link>" rest "</item>\n"

static int import_text(struct try *t, const char *text)
{
	try_file("products", text);
	return try_import(t, "products", "products");
}

static void reads_merchant_feeds(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_text(t, MERCHANT(
		ITEM("K/1", "\n <![CDATA[Kettle &amp;  Lid]]>&#8482;", "")
		ITEM("L-red", "Lamp, red", "<g:item_group_id>L</g:item_group_id>")
		ITEM("L-blue", "Lamp, blue", "<g:item_group_id>L</g:item_group_id>")
		ITEM("K/1", "Kettle", ""))), 0);
	assert_int_equal(t->counts.products_new, 2);
	assert_int_equal(t->counts.skipped[SKIP_TWICE], 1);
	assert_export(t, "{'type':'product','slug':'k-1','name':'Kettle & Lid\xe2\x84\xa2',"
			 "'url':'https://acme.example/p/1?a=1&b'}\n"
			 "{'type':'product','slug':'l','name':'Lamp, red',"
			 "'url':'https://acme.example/p/1?a=1&b'}\n");
	assert_int_equal(import_text(t,
		"<feed xmlns='http://www.w3.org/2005/Atom' "
		"xmlns:g='http://base.google.com/ns/1.0'><entry><g:id>K/1</g:id>"
		"<title>Teapot</title><link href='https://acme.example/t'/></entry></feed>"),
		0);
	assert_int_equal(t->counts.products_changed, 1);
	assert_export(t, "{'type':'product','slug':'k-1','name':'Teapot',"
			 "'url':'https://acme.example/t'}\n"
			 "{'type':'product','slug':'l','name':'Lamp, red',"
			 "'url':'https://acme.example/p/1?a=1&b'}\n");
	try_end(t);
}

static void reads_sitemaps(void **state)
{
	static const char map[] =
		"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
		"xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'>"
		"<url><loc> https://acme.example/ </loc></url>"
		"<url><loc>https://acme.example/p/ember-kettle.html?x</loc></url>"
		"<url><loc>https://acme.example/p/lamp/</loc><image:image>"
		"<image:title>The lamp</image:title></image:image></url>"
		"<url><loc>https://acme.example/about</loc></url></urlset>";
	struct try *t = try_begin();

	(void)state;
	t->options.url = "https://acme.example/p/";
	assert_int_equal(import_text(t, map), 0);
	assert_int_equal(t->counts.skipped[SKIP_OTHER], 2);
	assert_export(t, "{'type':'product','slug':'ember-kettle','name':'Ember kettle',"
			 "'url':'https://acme.example/p/ember-kettle.html?x'}\n"
			 "{'type':'product','slug':'lamp','name':'The lamp',"
			 "'url':'https://acme.example/p/lamp/'}\n");
	t->options.url = NULL;
	assert_int_equal(import_text(t, map), 0);
	assert_int_equal(t->counts.products_new, 1);
	assert_int_equal(import_text(t,
		"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>\n"
		"<sitemap><loc>https://acme.example/1.xml</loc></sitemap></sitemapindex>"),
		-1);
	assert_diags(&t->diags, "products:2: error: a list of sitemaps [syntax]\n"
				"  hint: import the sitemaps that it names\n");
	try_end(t);
}

static void reads_tables(void **state)
{
	struct try *t = try_begin();

	(void)state;
	try_file("known.jsonl", "{\"type\":\"product\",\"slug\":\"kettle\",\"name\":\"K\","
				"\"url\":\"https://x.example\",\"aliases\":[\"pot\"]}\n");
	assert_int_equal(try_import(t, "jsonl", "known.jsonl"), 0);
	assert_int_equal(import_text(t, "\xef\xbb\xbfSlug,SKU,Name,URL\n"
		"kettle,9,\"Kettle, big\",https://acme.example/k\n"
		",Lamp 7,Lamp,https://acme.example/l\n"), 0);
	assert_export(t, "{'type':'product','slug':'kettle','name':'Kettle, big',"
			 "'url':'https://acme.example/k','aliases':['pot']}\n"
			 "{'type':'product','slug':'lamp-7','name':'Lamp',"
			 "'url':'https://acme.example/l'}\n");
	assert_int_equal(import_text(t, "id\ttitle\tlink\n"
					"Lamp 7\tLamp\thttps://acme.example/l\n"), 0);
	assert_int_equal(t->counts.products_same, 1);
	assert_int_equal(import_text(t, "id,name\n1,x\n"), -1);
	assert_diags(&t->diags, "products:1: error: no column of addresses [missing-key]\n"
				"  hint: it is called 'link'\n");
	try_end(t);
}

static void refuses_bad_products(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_text(t, MERCHANT(
		ITEM("A B", "x", "") ITEM("a-b", "y", "") ITEM("c", "", "")
		"<item><g:id>d</g:id><title>d</title></item>\n" ITEM("\xe2\x84\xa2", "x", ""))),
		-1);
	assert_diags(&t->diags,
		"products:3: error: the slug of 'a-b' is 'a-b', which the product in line 2 "
		"has [duplicate-id]\n  hint: a column 'slug' tells them apart\n"
		"products:4: error: a product without a name [missing-key]\n"
		"products:5: error: a product without an address on the web [missing-key]\n"
		"products:6: error: a product without an id that a slug can be made of "
		"[missing-key]\n");
	assert_export(t, "");
	assert_int_equal(import_text(t, "<html/>"), -1);
	assert_diags(&t->diags, "products:1: error: not a feed of products, and no sitemap: "
				"it begins with <html> [syntax]\n");
	/* A feed of something else has titles and addresses, too. */
	assert_int_equal(import_text(t, "<rss><channel>\n<item><title>By: Bo</title>"
					"<link>https://a.example/#c1</link></item>"
					"</channel></rss>"), -1);
	assert_diags(&t->diags, "products:2: error: a product without a 'g:id' [missing-key]\n");
	t->options.keep_going = true;
	assert_int_equal(import_text(t, "id,title,link\n1,a,https://a.example\n2,b\n"
					"3,c,https://a.example/c\n"), 0);
	assert_int_equal(t->counts.products_new, 2);
	assert_int_equal(t->counts.skipped[SKIP_BAD], 1);
	diags_release(&t->diags);
	try_end(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_merchant_feeds),
		cmocka_unit_test(reads_sitemaps),
		cmocka_unit_test(reads_tables),
		cmocka_unit_test(refuses_bad_products),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
