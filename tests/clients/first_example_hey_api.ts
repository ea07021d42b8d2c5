import { checkClaim } from "./hey-api";
import { client } from "./hey-api/client.gen";

async function main() {
  client.setConfig({ baseUrl: process.argv[2] });
  const claim = { claim: "The ferry to Orm carries 112 passengers.", as_of: "2025-12-31" };
  const { data: answer, error } = await checkClaim({ body: claim });
  if (!answer) throw error;
  console.log(answer.verdict);
  for (const quote of answer.conflicting)
    console.log(quote.line, quote.utf16, quote.reasons.map((reason) => reason.code));
}

main();
