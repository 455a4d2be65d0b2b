// Saves a page as Chromium does: node mhtml.mjs CHROMIUM URL OUT.mhtml OUT.pdf
import { writeFile } from "node:fs/promises";
import { chromium } from "playwright-core";

const [executablePath, url, mhtml, pdf] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
    const page = await browser.newPage();
    await page.goto(url, { waitUntil: "networkidle" });
    const session = await page.context().newCDPSession(page);
    const { data } = await session.send("Page.captureSnapshot", { format: "mhtml" });
    await writeFile(mhtml, data, "binary");
    await page.pdf({ path: pdf, format: "A5" });
} finally {
    await browser.close();
}
