"""Applications: a team's entry of a project into a programme, from draft to decision."""
