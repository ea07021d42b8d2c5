import createClient from "openapi-fetch";
import type { paths } from "./openapi-typescript";

async function main() {
  const client = createClient<paths, "application/json">({ baseUrl: process.argv[2] });
  const claim = { claim: "The ferry to Orm carries 112 passengers.", as_of: "2025-12-31" };
  const { data: answer, error } = await client.POST("/v1/checks", { body: claim });
  if (!answer) throw error;
  console.log(answer.verdict);
  for (const quote of answer.conflicting)
    console.log(quote.line, quote.utf16, quote.reasons.map((reason) => reason.code));
}

main();
