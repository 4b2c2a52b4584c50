// The page of the matrices on a server: its data comes as a file, then the script that the page sent on has in it.

const { script, data } = document.body.dataset;
const answer = await fetch(data);
if (answer.ok) {
  const block = document.createElement("script");
  block.type = "application/json"; // a block of data, which no browser runs
  block.id = "data";
  block.textContent = await answer.text();
  const program = document.createElement("script");
  program.src = script;
  document.body.append(block, program);
} else {
  location.replace("/so-sanh"); // the documents have changed since: the list has the new comparison
}
