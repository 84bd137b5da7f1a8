// Judges pages with html-validate: a JSON string (one page) a line in, a JSON list of findings a
// line out. It stays up for the whole test run, so that Node starts once and not once a page.
import { createInterface } from "node:readline";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const rules = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ["html-validate:standard", "html-validate:a11y"],
    rules: {
      // How templates are laid out is djlint's matter.
      "no-trailing-whitespace": "off",
      "void-style": "off",
      // Numbers are kept together by the style sheet.
      "tel-non-breaking": "off",
      // A time line without bullets says role="list", since Safari drops the role with the bullets.
      "no-redundant-role": "off",
    },
  }),
);

for await (const line of createInterface({ input: process.stdin })) {
  const report = await rules.validateString(JSON.parse(line));
  const findings = report.results.flatMap((result) =>
    result.messages.map(
      (found) => `${found.ruleId}: ${found.message} (line ${found.line}, column ${found.column})`,
    ),
  );
  process.stdout.write(`${JSON.stringify(findings)}\n`);
}
