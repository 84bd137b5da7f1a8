// Judges content security policies with Google's CSP Evaluator: a JSON list of policies on standard
// input, a JSON list on standard output with the findings of each.
import { readFileSync } from "node:fs";
import { CspEvaluator } from "csp_evaluator/dist/evaluator.js";
import { Severity } from "csp_evaluator/dist/finding.js";
import { CspParser } from "csp_evaluator/dist/parser.js";

const judged = JSON.parse(readFileSync(0, "utf-8")).map((policy) =>
  new CspEvaluator(new CspParser(policy).csp)
    .evaluate()
    .map((found) => `${Severity[found.severity]}, ${found.directive}: ${found.description}`),
);
process.stdout.write(JSON.stringify(judged));
